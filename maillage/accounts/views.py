"""What allauth's own views do not do: the way to an identity provider and back, recovery codes that reading leaves as
they are, and a factor that counts as given when it has just been set up.
"""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import RequestLoginCodeView, email_verification_sent
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from . import oidc


class SignIn(RequestLoginCodeView):
    """By e-mail, by passkey and, where one is configured, by an identity provider."""

    def get_context_data(self, **kwargs):
        label = settings.OIDC_LABEL if oidc.is_on() else ""
        return {**super().get_context_data(**kwargs), "provider_label": label}


def prove_address(request):
    """The code that proves a new address; whoever is signed in already has nothing to prove."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return email_verification_sent(request)


class JustProved:
    """Whoever sets a factor up has just shown that they hold it: not asked again at the next page."""

    factor: Authenticator.Type

    def form_valid(self, form):
        response = super().form_valid(form)
        factor = Authenticator.objects.filter(user=self.request.user, type=self.factor).latest("pk")
        post_authentication(self.request, factor, reauthenticated=True)
        return response


class SetUpApplication(JustProved, ActivateTOTPView):
    factor = Authenticator.Type.TOTP


class AddPasskey(JustProved, AddWebAuthnView):
    factor = Authenticator.Type.WEBAUTHN


@never_cache
@login_required
@require_GET
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request):
    """The codes still unused, after the factor was given again a short while ago."""
    kept = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        raise Http404
    return render(request, "mfa/recovery_codes/index.html", {"codes": kept.wrap().get_unused_codes()})


@never_cache
@require_GET
def provider_login(request):
    """To the provider, with our scopes and parameters: none comes from the address."""
    _only_when_on()
    try:
        provider = get_adapter(request).get_provider(request, provider=oidc.ID)
        return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except oidc.FAILURES as problem:
        return _failed(request, problem)


@never_cache
@require_GET
def provider_callback(request):
    """Back from the provider. Whatever it says, a page: signed in, or what to do instead."""
    _only_when_on()
    try:
        return OAuth2CallbackView.adapter_view(oidc.Adapter(request, oidc.ID))(request)
    except ImmediateHttpResponse as answer:
        return answer.response
    except oidc.FAILURES as problem:
        return _failed(request, problem)


def _only_when_on():
    if not oidc.is_on():
        raise Http404


def _failed(request, problem):
    oidc.log_failure(problem)
    return oidc.sorry(request, oidc.Trouble.FAILED)
