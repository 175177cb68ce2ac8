"""What people type about what they seek, and about the hours that they give each other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from ..models import Kind, Need


class NeedForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Que cherchez-vous ?"), choices=Kind)
    title = forms.CharField(
        label=_("En quelques mots"), max_length=120, help_text=_("Par exemple : un minibus pour une sortie.")
    )
    words = forms.CharField(
        label=_("Précisions"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    territory = forms.ModelChoiceField(label=_("Quartier"), queryset=Territory.objects.none(), empty_label=None)
    from_on = forms.DateField(label=_("Du"), required=False, help_text=_("Vide : dès que possible."))
    to_on = forms.DateField(label=_("Au"), required=False, help_text=_("Vide : tant que nous cherchons."))

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations[0].pk
        here = Territory.objects.filter(organisations__in=organisations).distinct().order_by("search_name")
        self.fields["territory"].queryset = here


class NeedAnswerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )
    words = forms.CharField(
        label=_("Ce que vous pouvez faire"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dites aussi qui joindre : l’autre association recevra ces mots par e-mail."),
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations[0].pk


class CloseNeedForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Comment cela finit-il ?"), choices=Need.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Quelques mots"), max_length=300, required=False)


class HoursForm(forms.Form):
    """One line of the ledger: who gave, who received, how long, when, what for."""

    giver = forms.ModelChoiceField(label=_("Qui a donné"), queryset=Organisation.objects.none())
    receiver = forms.ModelChoiceField(label=_("Qui a reçu"), queryset=Organisation.objects.none())
    hours = forms.DecimalField(label=_("Heures"), min_value=0.25, max_value=2000, max_digits=6, decimal_places=2)
    day = forms.DateField(label=_("Quel jour"))
    words = forms.CharField(label=_("Pour quoi"), max_length=300)

    def __init__(self, *args, territory, **kwargs):
        super().__init__(*args, **kwargs)
        here = (
            Organisation.objects.listed()
            .associations()
            .filter(territories=territory, confirmed_at__isnull=False)
            .order_by("search_name")
        )
        for name in ("giver", "receiver"):
            self.fields[name].queryset = here
