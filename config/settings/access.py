"""Who comes in, and how: passkeys, second factor, an identity provider (docs/features/access.md)."""

from config import env

MFA_ADAPTER = "maillage.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_TOTP_ISSUER = "Maillage"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_FORMS = {
    "authenticate": "maillage.accounts.forms.SecondFactorForm",
    "reauthenticate": "maillage.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "maillage.accounts.forms.ApplicationForm",
    "add_webauthn": "maillage.accounts.forms.PasskeyForm",
    "edit_webauthn": "maillage.accounts.forms.PasskeyNameForm",
}
ACCOUNT_FORMS = {"signup": "maillage.accounts.forms.SignUpForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True

STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR")
"""Whether who edits must give a second factor, in this session, to enter `STAFF_PATHS`."""
STAFF_PATHS = ["/gestion/", "/charte/redaction/", "/redaction/"]

OIDC_DISCOVERY_URL = env.text("OIDC_DISCOVERY_URL")
"""The provider's `…/.well-known/openid-configuration`; empty: no button, no address."""
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
OIDC_LABEL = env.text("OIDC_LABEL", "ProConnect")
OIDC_SCOPES = env.text("OIDC_SCOPES", "openid email given_name usual_name siret").split()
OIDC_ACR_VALUES = env.text("OIDC_ACR_VALUES")
OIDC_TRUSTS_EMAIL = env.flag("OIDC_TRUSTS_EMAIL")
"""Takes an address for proved where the provider says nothing of it (no `email_verified`), as ProConnect does."""

SOCIALACCOUNT_ADAPTER = "maillage.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = env.number("OIDC_TIMEOUT_SECONDS", 5.0)
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "maillage.accounts.oidc.Provider",
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_LABEL,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {
                    "server_url": OIDC_DISCOVERY_URL,
                    "scope": OIDC_SCOPES,
                    "auth_params": {"acr_values": OIDC_ACR_VALUES} if OIDC_ACR_VALUES else {},
                    "oauth_pkce_enabled": True,
                },
            }
        ],
    }
}
