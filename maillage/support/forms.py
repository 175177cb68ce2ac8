"""What one looks for; what editors type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.territories.models import Territory

from .models import Question, Support, SupportScheme


class NearForm(forms.Form):
    """Where, and for which question."""

    q = forms.CharField(label=_("Votre quartier, votre commune"), max_length=100, required=False)
    question = forms.ChoiceField(
        label=_("Votre question"), choices=[("", _("toutes")), *Question.choices], required=False
    )


class CheckedForm(forms.ModelForm):
    """With the questions to tick, and a source that is an address of the web."""

    questions = forms.MultipleChoiceField(
        label=_("À quelles questions cela répond"), choices=Question, widget=forms.CheckboxSelectMultiple
    )
    source_url = forms.URLField(label=_("Adresse de la source"), max_length=500, assume_scheme="https")

    def clean_source_url(self):
        address = self.cleaned_data["source_url"]
        if not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Une adresse du web commence par https:// ou http://."))
        return address


class SupportForm(CheckedForm):
    scheme = forms.ModelChoiceField(
        label=_("Le dispositif"), queryset=SupportScheme.objects.all(), to_field_name="slug"
    )
    place = forms.CharField(
        label=_("Code officiel ou nom court du territoire"),
        max_length=40,
        required=False,
        help_text=_("QN07511M, 31555, 31… Vide : dans tout le pays."),
    )

    field_order = ["scheme", "body", "place", "function", "level", "phone", "email", "address", "hours", "questions"]

    class Meta:
        model = Support
        fields = [
            *("scheme", "body", "function", "level", "phone", "email", "address", "hours"),
            *("questions", "source_title", "source_url"),
        ]

    def clean_place(self):
        text = self.cleaned_data["place"].strip()
        if not text:
            return None
        found = Territory.objects.filter(slug__iexact=text).first()
        found = found or Territory.objects.filter(code__iexact=text).order_by("-vintage").first()
        if found is None:
            raise forms.ValidationError(_("Aucun territoire n’a ce code ni ce nom court."))
        return found

    def filled(self):
        """The support as it was typed, not saved."""
        support = self.save(commit=False)
        support.territory = self.cleaned_data["place"]
        return support


class SchemeForm(CheckedForm):
    class Meta:
        model = SupportScheme
        fields = ["name", "explained", "questions", "source_title", "source_url"]


class ReportForm(forms.Form):
    words = forms.CharField(label=_("Ce qui n’est plus juste"), max_length=300)


class EndForm(forms.Form):
    end_words = forms.CharField(label=_("Pourquoi il n’existe plus"), max_length=200)
