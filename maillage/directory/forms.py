"""Filters of the lists; every field may stay empty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Exchange, Organisation, Theme
from maillage.organisations.queries import with_branches

from .searching import SORTS, Wanted, locate, place_named


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
    """What the directory of organisations is narrowed to; `FEW` are shown at first, the others on demand."""

    FEW = ("q", "territory")
    PLACE = _("Quartier, commune, département, région ou code.")

    q = forms.CharField(label=_("Nom, sigle, numéro, ou ce que l’on cherche"), required=False, max_length=100)
    territory = forms.CharField(label=_("Territoire"), required=False, max_length=100, help_text=PLACE)
    theme = forms.ChoiceField(label=_("Thème"), required=False, choices=[("", _("Tous")), *Theme.choices])
    network = forms.ChoiceField(label=_("Réseau"), required=False)
    employer = forms.ChoiceField(
        label=_("Emploi"),
        required=False,
        choices=[("", _("Peu importe")), *(choice for choice in Organisation.Employer.choices if choice[0])],
    )
    offers = forms.ChoiceField(
        label=_("Propose"), required=False, choices=[("", _("Peu importe")), *Exchange.Kind.choices]
    )
    needs = forms.ChoiceField(
        label=_("Cherche"), required=False, choices=[("", _("Peu importe")), *Exchange.Kind.choices]
    )
    near = forms.CharField(
        label=_("Près de"),
        required=False,
        max_length=100,
        help_text=_("À moins de 50 km d’un quartier, d’une commune."),
    )
    sort = forms.ChoiceField(label=_("Dans l’ordre"), required=False, choices=SORTS)
    seeks_partners = forms.BooleanField(label=_("Cherchent des partenaires"), required=False)
    unaffiliated = forms.BooleanField(label=_("Non fédérées seulement"), required=False)
    signatory = forms.BooleanField(label=_("Signataires seulement"), required=False)

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self._networks = networks
        self.fields["network"].choices = [("", _("Tous")), *((network.slug, network.name) for network in networks)]

    @property
    def few(self):
        return [self[name] for name in self.FEW]

    @property
    def others(self):
        return [self[name] for name in self.fields if name not in self.FEW]

    @property
    def narrows_further(self):
        """Whether one of the filters that are folded away is in use."""
        return self.is_valid() and any(self.cleaned_data[field.name] for field in self.others)

    def wanted(self, *, on):
        """(`Wanted`, what could not be understood: sentences). A field that is wrong narrows nothing."""
        given = dict(self.cleaned_data) if self.is_bound and self.is_valid() else {}
        place, others = place_named(given["territory"]) if given.get("territory") else (None, [])
        near, _others = place_named(given["near"]) if given.get("near") else (None, [])
        said = [
            _("Aucun territoire ne s’appelle « %(name)s » : vérifiez l’orthographe, ou donnez son code.")
            % {"name": name}
            for name, found in ((given.pop("territory", ""), place), (given.pop("near", ""), near))
            if name and found is None
        ]
        if near and not locate(near):
            said.append(_("On ne sait pas où est « %(name)s » sur la carte.") % {"name": near.name})
            near = None
        if slug := given.pop("network", ""):
            network = next(one for one in self._networks if one.slug == slug)
            given["network"] = tuple(with_branches(network, self._networks))
        wanted = Wanted(
            on=on, text=given.pop("q", ""), place=place, near=near, nowhere=bool(said), others=others, **given
        )
        return wanted, said


class NetworkFilterForm(forms.Form):
    reseau = forms.ChoiceField(label=_("Réseau"), required=False)

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reseau"].choices = [
            ("", _("Toutes les associations")),
            *((network.slug, network.name) for network in networks),
        ]
