"""What people type about a group and who takes part in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.forms import RowsField

from ..models import Group


class GroupForm(forms.ModelForm):
    class Meta:
        model = Group
        fields = ["name", "kind", "founding_text", "decision_rule", "silence_is_consent", "quorum"]
        widgets = {
            "founding_text": forms.Textarea(attrs={"rows": 7}),
            "kind": forms.RadioSelect,
            "decision_rule": forms.RadioSelect,
        }
        help_texts = {
            "founding_text": _("Lu par les associations du territoire. Ce que vous vous promettez, en peu de mots."),
            "silence_is_consent": _(
                "Seulement par consentement, et si les objections ont été demandées trois jours avant. "
                "Décoché, rien ne se décide tout seul."
            ),
            "quorum": _("0 s’il n’y en a pas."),
        }


class NewGroupForm(GroupForm):
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False, empty_label=_("tout le pays")
    )
    organisation = forms.ModelChoiceField(
        label=_("Qui l’anime"), queryset=Organisation.objects.none(), required=False, empty_label=_("la coordination")
    )
    field_order = ["name", "territory", "organisation", *GroupForm.Meta.fields[1:]]

    def __init__(self, *args, territories, organisations, coordinates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories
        self.fields["organisation"].queryset = organisations
        if not organisations:
            self.fields["territory"].required, self.fields["territory"].empty_label = True, None
        if not coordinates:
            self.fields["organisation"].required = True
            self.fields["organisation"].empty_label = None


class ClosingForm(forms.Form):
    words = forms.CharField(label=_("Pourquoi il s’arrête, ou ce qu’il a fait"), max_length=300)


class OrganisationChoiceForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AddForm(forms.Form):
    """Several at once: boxes to tick, a list where there are too many."""

    MOST_BOXES = 60
    organisation = RowsField(
        label=_("Associations"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Celles du territoire dont la fiche est confirmée. Cochez-en une ou plusieurs."),
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if organisations.count() > self.MOST_BOXES:
            field.widget = forms.SelectMultiple(attrs={"size": 12})
        field.queryset = organisations


class JoinForm(OrganisationChoiceForm):
    words = forms.CharField(
        label=_("Pourquoi, en une phrase"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = _("Au nom de")
        self.fields["organisation"].empty_label = None


class MemberForm(forms.Form):
    facilitates = forms.BooleanField(label=_("anime le groupe"), required=False)
    host_order = forms.IntegerField(label=_("rang pour accueillir"), min_value=0, max_value=999)


class SeatForm(forms.Form):
    name = forms.CharField(
        label=_("Comment cette personne souhaite être appelée"),
        max_length=60,
        help_text=_("Un prénom, ou « siège habitant 1 »."),
    )
    email = forms.EmailField(
        label=_("Son adresse e-mail, si elle en veut bien"),
        required=False,
        help_text=_("Pour lire et prendre la parole ici. Sans adresse, le siège compte aux réunions."),
    )
