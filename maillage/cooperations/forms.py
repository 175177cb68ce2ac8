"""What people type about a cooperation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.organisations.models.organisation import Theme
from maillage.territories.forms import TerritoriesFormMixin
from maillage.ui.forms import DateInput

from .models import FAMILIES, CaseStudyDraft, Contribution, Cooperation, ReviewAnswer, Side


class CooperationForm(TerritoriesFormMixin, forms.ModelForm):
    themes = forms.MultipleChoiceField(
        label=_("Thèmes"), choices=Theme, widget=forms.CheckboxSelectMultiple, required=False
    )
    field_order = ["title", "aim", "needs", "territories", "territory_names", "form", "depth", "residents", "themes"]

    class Meta:
        model = Cooperation
        fields = ["title", "aim", "needs", "form", "depth", "residents", "starts_on", "ends_on"]
        widgets = {
            "aim": forms.Textarea(attrs={"rows": 4}),
            "needs": forms.Textarea(attrs={"rows": 3}),
            "residents": forms.RadioSelect,
            "starts_on": DateInput,
            "ends_on": DateInput,
        }
        help_texts = {
            "residents": _("Telle qu’elle est, pas telle qu’on la voudrait."),
            "aim": _("Les associations du territoire liront ces mots ; tout le monde, si vous publiez."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["residents"].choices = [("", _("nous ne savons pas encore")), *Cooperation.Residents.choices]


class NewCooperationForm(CooperationForm):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )
    field_order = ["title", "organisation", *CooperationForm.field_order[1:]]

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class EditCooperationForm(CooperationForm):
    class Meta(CooperationForm.Meta):
        fields = [*CooperationForm.Meta.fields, "results_obtained", "results_expected"]
        widgets = {
            **CooperationForm.Meta.widgets,
            "results_obtained": forms.Textarea(attrs={"rows": 4}),
            "results_expected": forms.Textarea(attrs={"rows": 4}),
        }


class OrganisationWordsForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    words = forms.CharField(
        label=_("Un mot pour elle"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AskForm(OrganisationWordsForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = _("Au nom de")
        self.fields["organisation"].empty_label = None
        self.fields["words"].label = _("Ce qui vous donne envie")


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Étape"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("En quelques mots"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_told = forms.BooleanField(
        label=_("Ces mots peuvent être lus par qui lit la coopération"),
        required=False,
        help_text=_("Sans cela, ils restent entre partenaires."),
    )

    def __init__(self, *args, stages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]
        self.fields["stage"].initial = stages[0].value


class ContributionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Quoi"), choices=Contribution.Kind)
    amount = forms.DecimalField(label=_("Combien"), required=False, min_value=0, max_digits=10, decimal_places=2)
    words = forms.CharField(label=_("Précisément"), max_length=200, required=False)


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Quoi"), max_length=160)
    due_on = forms.DateField(label=_("Pour le"), widget=DateInput)


class FindingForm(forms.Form):
    """One list, brakes then levers; ``cleaned_data`` has the side and the family."""

    family = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"),
        choices=[
            (title, [(f"{side.value}:{value}", label) for value, label in FAMILIES[side].choices])
            for side, title in ((Side.BRAKE, _("Ce qui a gêné")), (Side.LEVER, _("Ce qui a aidé")))
        ],
    )
    words = forms.CharField(label=_("En une phrase"), max_length=300)

    def clean(self):
        cleaned = super().clean()
        if "family" in cleaned:
            cleaned["side"], _colon, cleaned["family"] = cleaned["family"].partition(":")
        return cleaned


class EntryForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )
    text = forms.CharField(
        label=_("Ce qui s’est passé, ce que nous avons appris"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(
        label=_("Une photo ou un PDF"), required=False, help_text=_("JPEG, PNG ou PDF, 10 Mo au plus.")
    )
    alt = forms.CharField(label=_("Ce que l’on voit, ou de quoi il s’agit"), max_length=200, required=False)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class ReviewForm(forms.ModelForm):
    class Meta:
        model = ReviewAnswer
        fields = ["trust", "sharing", "load", "residents", "words"]
        widgets = {
            **{name: forms.RadioSelect for name in ("trust", "sharing", "load", "residents")},
            "words": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("trust", "sharing", "load", "residents"):
            self.fields[name].choices = ReviewAnswer.Scale.choices

    def _post_clean(self):
        """The action writes the row."""


class PaperForm(ReviewForm):
    class Meta(ReviewForm.Meta):
        fields = ["trust", "sharing", "load", "residents"]


class ClosingReviewForm(forms.Form):
    changes = forms.CharField(
        label=_("Ce que nous changeons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class StoryForm(forms.ModelForm):
    number = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CaseStudyDraft
        fields = [*CaseStudyDraft.FIELDS]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in CaseStudyDraft.FIELDS if name != "contact"}
