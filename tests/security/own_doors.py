"""Addresses that take a POST and concern one's own account alone."""

OF_ONES_OWN = {
    # Sign-in and one's own second factor: nothing in the address or the form names somebody else's (their own tests:
    # test_codes_and_links, tests/accounts). The two of a key take its number: test_a_key_of_somebody_else.
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_signup",
    "demo:become",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    # A choice that one's own browser keeps, and a question asked: nothing is written.
    "set_language",
    "charters:verify",
}
