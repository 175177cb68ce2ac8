"""What residents type, on pages without account nor cookie."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.ui.robots import OPENED, TRAP, ForPeople, opened_now

from ..models import MOST_BYTES, Subject
from ..sounds import media_type_of


class VoiceForm(ForPeople, forms.Form):
    """A few words, or a voice note; what it is about. No name, no address."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(
        label=_("Vos mots"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    sound = forms.FileField(
        label=_("Ou votre voix, une minute"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": ""}),
    )
    subject = forms.ChoiceField(
        label=_("C’est à propos de"), choices=Subject, widget=forms.RadioSelect, required=False
    )
    may_be_shown = forms.BooleanField(
        label=_("Mes mots peuvent être montrés à tout le monde, sans mon nom."), required=False
    )
    may_be_heard = forms.BooleanField(label=_("Ma voix aussi peut être entendue."), required=False)

    def refresh_when_opened(self):
        """Shown again, the form counts its seconds from now; a robot's trap is emptied."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data[OPENED], self.data[TRAP] = opened_now(), ""

    def clean_sound(self):
        sound = self.cleaned_data["sound"]
        if not sound:
            return None
        if sound.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce son est trop long : une minute au plus."))
        content = sound.read()
        if media_type_of(content) is None:
            raise forms.ValidationError(_("Ce fichier n’est pas un son que nous savons lire."))
        return content

    def clean_subject(self):
        return self.cleaned_data["subject"] or Subject.OTHER


class CodeForm(forms.Form):
    """The code given when they spoke."""

    code = forms.CharField(
        label=_("Votre code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
    )


class PlaceForm(forms.Form):
    """Where one lives."""

    q = forms.CharField(label=_("Votre quartier, votre ville"), max_length=100, required=False)
