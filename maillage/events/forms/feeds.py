"""What people type to follow a calendar kept elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from ..fetching import MOST_BYTES
from ..models.feeds import Audience


class FollowForm(forms.Form):
    name = forms.CharField(
        label=_("Nom du calendrier"), max_length=120, help_text=_("Par exemple : médiathèque, maison de quartier.")
    )
    territory = forms.ModelChoiceField(label=_("Quartier"), queryset=Territory.objects.none(), empty_label=None)
    organisation = forms.ModelChoiceField(
        label=_("C’est le calendrier de"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("quelqu’un qui n’est pas ici"),
    )
    url = forms.CharField(
        label=_("Son adresse"),
        max_length=500,
        required=False,
        help_text=_(
            "L’adresse « iCal » que donne son agenda ; elle commence par https:// ou webcal://, et finit par .ics."
        ),
    )
    file = forms.FileField(
        label=_("Ou un fichier .ics"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=_("Lu une fois : ses changements ne suivront pas."),
    )
    audience = forms.ChoiceField(
        label=_("Qui verra ses dates ?"), choices=Audience, initial=Audience.PUBLIC, widget=forms.RadioSelect
    )

    def __init__(self, *args, territories, organisations, must_be_own, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories
        field = self.fields["organisation"]
        field.queryset = organisations
        if must_be_own:
            field.required, field.empty_label = True, None
        elif not organisations:
            del self.fields["organisation"]

    def clean_url(self):
        """The address as it is read: webcal is https under another name."""
        address = self.cleaned_data["url"].strip()
        scheme, colon, rest = address.partition("://")
        return f"https://{rest}" if colon and scheme.lower() in ("webcal", "webcals") else address

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce calendrier est trop lourd : deux mégaoctets au plus."))
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("url")) == bool(cleaned.get("file")):
            self.add_error("url", _("Donnez son adresse, ou un fichier : l’un des deux."))
        return cleaned
