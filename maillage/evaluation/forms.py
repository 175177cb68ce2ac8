"""What people type when they look back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import CharterVersion
from maillage.cooperations.models import Brake, Lever
from maillage.territories.models import Territory
from maillage.ui.forms import DateInput

from .models import PaperCount, State

BIG = {"rows": 4}


class EditionForm(forms.Form):
    edition = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


class PrincipleForm(EditionForm):
    state = forms.ChoiceField(label=_("Où en êtes-vous ?"), choices=State.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Un mot, si vous voulez"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(BIG),
        help_text=_("Il reste dans votre association."),
    )


class CommitmentForm(PrincipleForm):
    proofs = forms.CharField(
        label=_("Ce qui le montre"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Une adresse par ligne : une page de ce site, une coopération, un article (https://…)."),
    )


class BrakesForm(EditionForm):
    brakes = forms.MultipleChoiceField(
        label=_("Ce qui a freiné"), required=False, choices=Brake.choices, widget=forms.CheckboxSelectMultiple
    )
    brakes_words = forms.CharField(
        label=_("Avec vos mots"), required=False, max_length=2000, widget=forms.Textarea(BIG)
    )
    levers = forms.MultipleChoiceField(
        label=_("Ce qui a aidé"), required=False, choices=Lever.choices, widget=forms.CheckboxSelectMultiple
    )
    levers_words = forms.CharField(
        label=_("Et avec vos mots"), required=False, max_length=2000, widget=forms.Textarea(BIG)
    )


class LastForm(EditionForm):
    change = forms.CharField(
        label=_("Ce que nous changerions"), required=False, max_length=2000, widget=forms.Textarea(BIG)
    )
    need = forms.CharField(
        label=_("Ce dont nous avons besoin"), required=False, max_length=2000, widget=forms.Textarea(BIG)
    )
    is_shared = forms.BooleanField(
        label=_("Partager nos réponses avec la coordination du territoire"),
        required=False,
        help_text=_("Sinon, elle sait que vous avez répondu, et non quoi."),
    )


class OpenForm(forms.Form):
    territory = forms.ModelChoiceField(label=_("Territoire"), queryset=Territory.objects.none(), required=False)
    version = forms.ModelChoiceField(label=_("Texte"), queryset=CharterVersion.objects.none())
    opens_on = forms.DateField(label=_("Ouvre le"), widget=DateInput())
    closes_on = forms.DateField(
        label=_("Ferme le"), widget=DateInput(), help_text=_("Trois semaines suffisent souvent.")
    )

    def __init__(self, *args, territories, versions, is_national, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories
        self.fields["territory"].required = not is_national
        self.fields["territory"].empty_label = _("tout le pays") if is_national else _("choisissez")
        self.fields["version"].queryset = versions


class StepForm(forms.Form):
    text = forms.CharField(label=_("Ce que nous changeons"), max_length=300)
    carried_by = forms.CharField(label=_("Porté par"), max_length=200, required=False)
    due_on = forms.DateField(label=_("Pour le"), required=False, widget=DateInput())


class AdoptForm(forms.Form):
    adopted_on = forms.DateField(label=_("Adoptées le"), widget=DateInput())
    adopted_by = forms.CharField(label=_("Par"), max_length=200, help_text=_("La réunion, le groupe."))


def number_name(*keys):
    return "-".join(keys)


class PaperForm(forms.Form):
    """One number for each audience, question and answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for audience, _who in PaperCount.Audience.choices:
            for question, _words in PaperCount.Question.choices:
                for answer, label in PaperCount.Answer.choices:
                    self.fields[number_name(audience, question, answer)] = forms.IntegerField(
                        label=label, min_value=0, max_value=100_000, required=False
                    )

    @property
    def blocks(self):
        """(who, [(question, its four fields)])."""
        return [
            (
                who,
                [
                    (words, [self[number_name(audience, question, answer)] for answer in PaperCount.Answer.values])
                    for question, words in PaperCount.Question.choices
                ],
            )
            for audience, who in PaperCount.Audience.choices
        ]

    @property
    def numbers(self):
        return {tuple(name.split("-")): number or 0 for name, number in self.cleaned_data.items()}
