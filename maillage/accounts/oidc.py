"""Signing in through an OpenID Connect provider, ProConnect for one. Off unless the settings name its address.

Allauth leads the exchange (state, PKCE, code, token). Added here, because it has them not: the nonce; the signature
of the ID token, always checked; user information that comes as a signed JWT; and a page in plain words, never a
failure of ours, whatever the provider answers.
"""

import enum
import logging

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from requests import RequestException

logger = logging.getLogger(__name__)

ID = "oidc"
FAILURES = (
    *(RequestException, OAuth2Error, ProviderException, jwt.PyJWTError),
    # An answer of another shape than the contract's: allauth reads it without looking.
    *(AttributeError, KeyError, TypeError, ValueError),
)
"""What an absent, slow or mistaken provider makes: never a mistake of the reader, never a page 500."""
SIGNED = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}


class Trouble(enum.Enum):
    FAILED = _("Ce service ne répond pas, ou pas comme prévu. Vous n’y êtes pour rien.")
    CANCELLED = _("Vous avez arrêté avant la fin, ou ce service n’a pas voulu vous identifier.")
    UNPROVED = _("Ce service ne dit pas que votre adresse e-mail est vérifiée : nous ne pouvons pas la croire.")


def is_on():
    return bool(settings.OIDC_DISCOVERY_URL)


def sorry(request, trouble):
    """What happened, and the way that always works: the code sent by e-mail."""
    status = 503 if trouble is Trouble.FAILED else 403
    context = {"label": settings.OIDC_LABEL, "trouble": trouble.value}
    return render(request, "accounts/provider_trouble.html", context, status=status)


def log_failure(problem):
    """For the operator. Its name alone: what a provider answers may hold a code or a token."""
    logger.warning(
        "the identity provider failed: %s", problem if isinstance(problem, str) else type(problem).__name__
    )


def claims_of(sociallogin):
    """What the provider says of the person: the user information, completed by the ID token."""
    said = sociallogin.account.extra_data
    return {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}


def proved_email(claims):
    """The address, if the provider says that it is the person's; otherwise nothing."""
    email, verified = claims.get("email"), claims.get("email_verified", settings.OIDC_TRUSTS_EMAIL)
    try:
        validate_email(email)
    except (ValidationError, TypeError):
        return ""
    return email if verified is True else ""


def short(name):
    return name[:150] if isinstance(name, str) else ""


class Client(OAuth2Client):
    def get_redirect_url(self, authorization_url, scope, extra_params):
        return super().get_redirect_url(authorization_url, scope, {**extra_params, "nonce": nonce_of(self.state)})


def nonce_of(state):
    """Tied to the state, which the session holds: an ID token made for another exchange is refused."""
    return salted_hmac("maillage.accounts.oidc", state or "").hexdigest()


class Adapter(OpenIDConnectOAuth2Adapter):
    client_class = Client

    def get_callback_url(self, request, app):
        return request.build_absolute_uri(reverse("openid_connect_callback"))

    def complete_login(self, request, app, token, **kwargs):
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("no ID token")
        login = super().complete_login(request, app, token, **kwargs)
        said = login.account.extra_data
        if said["userinfo"].get("sub") != said["id_token"]["sub"]:
            raise OAuth2Error("the user information is about somebody else")
        return login

    def _decode_id_token(self, app, id_token):
        claims = self._verified(app, id_token)
        if not constant_time_compare(str(claims.get("nonce")), nonce_of(self.request.GET.get("state"))):
            raise OAuth2Error("wrong nonce")
        return claims

    def _fetch_user_info(self, access_token):
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
        response.raise_for_status()
        if response.headers.get("Content-Type", "").split(";")[0].strip() == "application/jwt":
            return self._verified(self.get_provider().app, response.text.strip(), expires=False)
        return response.json()

    def _verified(self, app, token, *, expires=True):
        """The claims of a JWT signed by one of the provider's keys, for us; OAuth2Error otherwise."""
        config = self.openid_config
        algorithm, key = jwtkit.fetch_key(token, config["jwks_uri"], jwtkit.lookup_kid_jwk)
        if algorithm not in SIGNED:
            raise OAuth2Error("an algorithm that proves nothing")
        return jwt.decode(
            token,
            key=key,
            algorithms=[algorithm],
            issuer=config["issuer"],
            audience=app.client_id,
            leeway=30,
            options={"require": ["iss", "aud", *(["exp", "sub"] if expires else [])]},
        )


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Adapter
