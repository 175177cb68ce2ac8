"""What people type about their organisation."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.territories.forms import TerritoriesFormMixin
from maillage.ui.forms import RowsField
from maillage.ui.robots import ForPeople

from . import identifiers
from .duplicates import lookalikes
from .models import Membership, Network, Organisation, Theme
from .prefilling import commune_of, row_of


class OrganisationForm(ForPeople, TerritoriesFormMixin, forms.ModelForm):
    """An organisation in its own words. No number is required."""

    themes = forms.MultipleChoiceField(
        label=_("Sur quoi agissez-vous ?"), choices=Theme, widget=forms.CheckboxSelectMultiple, required=False
    )
    website = forms.URLField(
        label=_("Site web"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )
    networks = RowsField(
        label=_("Réseaux dont vous êtes membre"),
        queryset=Network.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Aucun ? Ne cochez rien : une association non fédérée a la même voix que les autres."),
    )
    field_order = [
        "name",
        "acronym",
        "kind",
        "legal_regime",
        "territories",
        "territory_names",
        "themes",
        "purpose",
        "networks",
        "rna",
        "siret",
        "employer",
        "website",
        "contact_function",
    ]

    class Meta:
        model = Organisation
        fields = [
            "name",
            "acronym",
            "kind",
            "legal_regime",
            "rna",
            "siret",
            "purpose",
            "employer",
            "website",
            "contact_function",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "purpose": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs.setdefault("initial", {}).update(
                themes=[row.theme for row in instance.themes.all()],
                territories=[territory.slug for territory in instance.territories.all()],
                networks=[row.network_id for row in instance.network_memberships.filter(until=None)],
            )
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        partner = Organisation.Kind.PUBLIC_PARTNER
        is_partner = instance is not None and instance.is_public_partner
        kind.choices = [choice for choice in kind.choices if (choice[0] == partner) == is_partner]
        # A person types « W99 1 234567 »: spaces are taken out before the length is looked at.
        self.fields["rna"].max_length = self.fields["siret"].max_length = None
        for name in ("rna", "siret"):
            self.fields[name].validators = [
                validator for validator in self.fields[name].validators if not hasattr(validator, "limit_value")
            ]
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean_rna(self):
        return identifiers.normalise(self.cleaned_data["rna"])

    def clean_siret(self):
        return identifiers.normalise(self.cleaned_data["siret"])

    def find_lookalikes(self, user):
        """Organisations here that may be this one, under nearly the same name or number; [] once told it is not."""
        if self.data.get("is_distinct"):
            return []
        return lookalikes(
            user,
            name=self.cleaned_data["name"],
            territories=self.cleaned_data["territories"],
            siren=self.cleaned_data["siret"][:9],
        )

    def find_dissolution(self):
        """The row of the national register that says this association dissolved; None once told it lives."""
        row = None if self.data.get("is_alive") else row_of(self.cleaned_data["rna"])
        return row if row and row.is_dissolved else None

    def doubts(self, user):
        """What to ask back before adding it: `lookalikes` and `dissolution`, {} where nothing is doubtful."""
        found = {"lookalikes": self.find_lookalikes(user), "dissolution": self.find_dissolution()}
        return found if any(found.values()) else {}

    @property
    def cleaned_organisation(self):
        """What `create_organisation` and `change_organisation` take; the register tells the commune of the seat."""
        described = {name: value for name, value in self.cleaned_data.items() if name != "territory_names"}
        row = row_of(described["rna"])
        if row and (seat := commune_of(row.commune_code)):
            described["seat"] = seat
        return described

    def validate_constraints(self):
        """The database decides, and the action translates: two people may create the same one at once."""


class DecisionMixin:
    """The day of a decision, `decided_on`, is behind us."""

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est à venir : donnez la date d’une décision déjà prise."))
        return day


class ClaimForm(DecisionMixin, forms.Form):
    function = forms.CharField(
        label=_("Votre fonction dans l’association"),
        max_length=120,
        help_text=_("Par exemple : présidente, coordinateur, membre du bureau."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    decided_on = forms.DateField(
        label=_("Date de la décision qui vous mandate, si vous la connaissez"),
        required=False,
    )


class MemberForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail de la personne"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Ce qu’elle pourra faire"), choices=Membership.Role, widget=forms.RadioSelect)


class MandateForm(ClaimForm):
    """A mandate: in which function, by which decision, until when."""

    ends_on = forms.DateField(label=_("Jusqu’à quand, si c’est décidé"), required=False)

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Cette fin est déjà passée : donnez une date à venir, ou laissez vide."))
        return day

    def clean(self):
        cleaned = super().clean()
        decided, ends = cleaned.get("decided_on"), cleaned.get("ends_on")
        if decided and ends and ends <= decided:
            self.add_error("ends_on", _("Cette fin vient avant la décision : vérifiez les deux dates."))
        return cleaned


class HandOverForm(MandateForm):
    """To whom the organisation is passed on."""

    email = forms.EmailField(
        label=_("Adresse e-mail de la personne qui prend la suite"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    leaves = forms.BooleanField(label=_("Je ne représente plus cette association"), required=False)
    field_order = ["email", "function", "decided_on", "ends_on", "leaves"]

    def __init__(self, *args, may_leave, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["function"].label = _("Sa fonction dans l’association")
        self.fields["decided_on"].label = _("Date de la décision (bureau, conseil, assemblée), si vous la connaissez")
        if not may_leave:
            del self.fields["leaves"]
