"""Filters of the lists; every field may stay empty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Theme


class NeighbourhoodFilterForm(forms.Form):
    q = forms.CharField(label=_("Quartier, commune ou code postal"), required=False, max_length=100)
    departement = forms.ChoiceField(label=_("Département"), required=False)

    def __init__(self, *args, departements, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["departement"].choices = [
            ("", _("Tous")),
            *((code, f"{code} {name}") for code, name in departements),
        ]


class OrganisationFilterForm(forms.Form):
    q = forms.CharField(label=_("Nom, sigle ou numéro"), required=False, max_length=100)
    territory = forms.CharField(label=_("Quartier ou commune"), required=False, max_length=100)
    theme = forms.ChoiceField(label=_("Thème"), required=False, choices=[("", _("Tous")), *Theme.choices])
    unaffiliated = forms.BooleanField(label=_("Non fédérées seulement"), required=False)
    signatory = forms.BooleanField(label=_("Signataires seulement"), required=False)


class NetworkFilterForm(forms.Form):
    reseau = forms.ChoiceField(label=_("Réseau"), required=False)

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reseau"].choices = [
            ("", _("Toutes les associations")),
            *((network.slug, network.name) for network in networks),
        ]
