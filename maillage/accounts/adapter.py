"""How allauth speaks with the rest: its e-mails go through the outbox, its secrets are locked, its words are ours."""

import base64
import hashlib
import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.messaging.actions import foot
from maillage.messaging.models import Message
from maillage.ui.limits import client_address

from . import oidc
from .actions import know_by_email

MFA_STAGE = "allauth.mfa.stages.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in codes are messages like the others: kept until sent, visible to the operator."""

    def send_mail(self, template_prefix, email, context):
        now = timezone.now()
        context = {**context, "email": email}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        Message.objects.create(
            kind=template_prefix.rsplit("/", 1)[-1],
            recipient=email,
            subject=subject,
            body=render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n" + foot(template_prefix),
            created_at=now,
            next_attempt_at=now,
        )

    def get_client_ip(self, request):
        return client_address(request)

    def get_login_stages(self):
        ours = "maillage.accounts.stages.AuthenticateStage"
        return [ours if path == MFA_STAGE else path for path in super().get_login_stages()]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept under a lock whose key is not in the database: SECRET_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Ce code ou cette clé ne convient pas. Un code ne sert qu’une fois : attendez le suivant."
        ),
        "cannot_delete_authenticator": _("Vous ne pouvez pas retirer ce second moyen de preuve."),
        "unverified_email": _("Confirmez d’abord votre adresse e-mail."),
    }

    def build_totp_svg(self, url):
        drawing = io.BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", scale=5, border=3, light="#fff", xmldecl=False)
        return drawing.getvalue().decode()

    def encrypt(self, text):
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _lock().decrypt(encrypted_text.encode()).decode()


def _lock():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"maillage.second-factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Whoever an identity provider vouches for is known by a proved e-mail address, and by nothing else.

    Nothing of the provider is kept: no identifier, no token, no SIRET.
    """

    def pre_social_login(self, request, sociallogin):
        claims = oidc.claims_of(sociallogin)
        email = oidc.proved_email(claims)
        if not email:
            raise ImmediateHttpResponse(oidc.sorry(request, oidc.Trouble.UNPROVED))
        user = know_by_email(
            email,
            proved=True,
            first_name=oidc.short(claims.get("given_name")),
            last_name=oidc.short(claims.get("usual_name") or claims.get("family_name")),
        )
        raise ImmediateHttpResponse(
            perform_login(request, user, redirect_url=sociallogin.get_redirect_url(request), email=email)
        )

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        oidc.log_failure(exception or error)
        trouble = oidc.Trouble.CANCELLED if error == AuthError.CANCELLED else oidc.Trouble.FAILED
        raise ImmediateHttpResponse(oidc.sorry(request, trouble))
