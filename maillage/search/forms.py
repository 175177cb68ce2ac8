from django import forms
from django.utils.translation import gettext_lazy as _

from .queries import MOST_CHARACTERS, place_called
from .sources import SOURCES


class SearchForm(forms.Form):
    """Words, a kind of thing, a place; every field may stay empty."""

    q = forms.CharField(label=_("Chercher"), required=False)
    kind = forms.ChoiceField(label=_("Quoi"), required=False)
    territory = forms.CharField(
        label=_("Où"), required=False, help_text=_("Quartier, commune, département, région ou code.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Tout")), *((source.kind, source.label) for source in SOURCES)]
        self.fields["q"].widget.attrs |= {"type": "search", "maxlength": MOST_CHARACTERS}
        self.fields["territory"].widget.attrs |= {"maxlength": MOST_CHARACTERS}

    def clean_q(self):
        # Too long is read from its beginning, never refused: it may have been pasted.
        return self.cleaned_data["q"].strip()[:MOST_CHARACTERS]

    def clean_territory(self):
        text = self.cleaned_data["territory"]
        if not text:
            return None
        place = place_called(text)
        if place is None:
            raise forms.ValidationError(_("Nous ne connaissons pas ce lieu. Essayez une commune ou un code postal."))
        return place
