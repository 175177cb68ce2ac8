"""What people type about editorial pages, outside the back office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.accounts.models import User
from maillage.cooperations.models import Brake, Cooperation, Lever
from maillage.organisations.models import Organisation
from maillage.organisations.models.organisation import Theme
from maillage.territories.forms import TerritoriesFormMixin

from .models import Subject

ANY = ("", _("peu importe"))


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Un mot, si vous le souhaitez"),
        help_text=_("Pourquoi vous refusez, ou ce qu’il faudrait changer."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CaseFilterForm(forms.Form):
    """What narrows the list; a value that is not known narrows nothing."""

    q = forms.CharField(label=_("Mots"), max_length=80, required=False)
    theme = forms.ChoiceField(label=_("Thème"), choices=[ANY, *Theme.choices], required=False)
    form = forms.ChoiceField(label=_("Forme"), choices=[ANY, *Cooperation.Form.choices], required=False)
    frein = forms.ChoiceField(label=_("Frein"), choices=[ANY, *Brake.choices], required=False)
    levier = forms.ChoiceField(label=_("Levier"), choices=[ANY, *Lever.choices], required=False)
    territoire = forms.ChoiceField(label=_("Territoire"), required=False)

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        shown = [(one.slug, f"{one.name} ({one.vintage})" if one.vintage else one.name) for one in places]
        self.fields["territoire"].choices = [("", _("partout")), *shown]


class CopyForm(TerritoriesFormMixin, forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Votre commentaire"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4}))


class EditorForm(forms.Form):
    email = forms.EmailField(label=_("Adresse du compte"))
    subject = forms.ChoiceField(label=_("Sujet"), choices=Subject)
    territory = forms.CharField(
        label=_("Code du territoire"), required=False, max_length=12, help_text=_("Vide : partout.")
    )
    may_publish = forms.BooleanField(label=_("Peut publier"), required=False)

    def clean_email(self):
        found = User.objects.filter(email=self.cleaned_data["email"].strip().lower(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Personne n’a de compte à cette adresse."))
        return found
