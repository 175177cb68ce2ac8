"""Signing in: the pages of allauth that we use, and no other. There is no password anywhere."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.cache import never_cache

from .views import (
    AddPasskey,
    SetUpApplication,
    SignIn,
    prove_address,
    provider_callback,
    provider_login,
    recovery_codes,
)

urlpatterns = [
    path("connexion/", SignIn.as_view(), name="account_login"),
    path("connexion/", SignIn.as_view(), name="account_request_login_code"),
    path("connexion/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/cle/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/fournisseur/", provider_login, name="openid_connect_login"),
    path("connexion/fournisseur/retour/", provider_callback, name="openid_connect_callback"),
    path("creer/", views.signup, name="account_signup"),
    path("verifier/", prove_address, name="account_email_verification_sent"),
    path("quitter/", views.logout, name="account_logout"),
    path("inactif/", views.account_inactive, name="account_inactive"),
    path("securite/", mfa.index, name="mfa_index"),
    path("securite/confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("securite/confirmer/cle/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("securite/application/", never_cache(SetUpApplication.as_view()), name="mfa_activate_totp"),
    path("securite/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("securite/codes/", recovery_codes, name="mfa_view_recovery_codes"),
    path("securite/codes/nouveaux/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("securite/cles/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("securite/cles/ajouter/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("securite/cles/<int:pk>/nom/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("securite/cles/<int:pk>/retirer/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
