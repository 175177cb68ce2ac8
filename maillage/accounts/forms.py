"""Allauth's forms, in our words."""

from allauth.account.forms import SignupForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.ui.robots import ForPeople


class SignUpForm(ForPeople, SignupForm):
    """A field that robots fill in."""


def _code(label, hint):
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


ANY_CODE = _code(_("Code"), _("Celui de votre application ou, à défaut, l’un de vos codes de secours."))


class SecondFactorForm(AuthenticateForm):
    code = ANY_CODE


class SecondFactorAgainForm(ReauthenticateForm):
    code = ANY_CODE


class ApplicationForm(ActivateTOTPForm):
    code = _code(_("Code affiché par l’application"), _("Six chiffres. Ils changent toutes les trente secondes."))


class HiddenBox(forms.CheckboxInput):
    is_hidden = True


NAME_HINT = _("Pour la reconnaître. Par exemple : téléphone d’Amina, ordinateur du local.")


class PasskeyForm(AddWebAuthnForm):
    """A passkey: it signs in alone, and asks for a finger, a face or a PIN."""

    name = forms.CharField(label=_("Nom de la clé"), max_length=80, required=False, help_text=NAME_HINT)
    # Allauth's script reads this box: a key of ours is always one that signs in alone.
    passwordless = forms.BooleanField(required=False, initial=True, widget=HiddenBox(attrs={"hidden": True}))


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Nom de la clé"), max_length=80, help_text=NAME_HINT)
