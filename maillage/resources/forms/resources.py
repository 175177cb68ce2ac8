"""What people type about what they lend."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Network, Organisation
from maillage.territories.models import Territory
from maillage.ui.forms import RowsField

from ..models import Kind, Resource, Slot


class FilterForm(forms.Form):
    """Of the list: what, where, which day."""

    kind = forms.ChoiceField(label=_("Quoi"), required=False, choices=[("", _("tout")), *Kind.choices])
    territory = forms.ModelChoiceField(
        label=_("Quartier"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="slug",
        empty_label=_("tous"),
    )
    free_on = forms.DateField(label=_("Libre le"), required=False)
    mine = forms.BooleanField(label=_("Les nôtres seulement"), required=False)

    def __init__(self, *args, territories, reads_hours, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories
        if not reads_hours:
            del self.fields["free_on"], self.fields["mine"]


class ResourceForm(forms.ModelForm):
    """A thing or some time that an association lends; only its nature, its title and where are needed."""

    owner = forms.ModelChoiceField(label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None)
    territories = RowsField(
        label=_("Dans quels quartiers ?"),
        queryset=Territory.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Parmi ceux où votre association agit."),
    )
    field_order = [
        *("owner", "kind", "title", "description", "quantity", "territories", "place", "accessibility"),
        *("conditions", "upkeep_fee", "deposit", "audience", "network", "is_public"),
    ]

    class Meta:
        model = Resource
        fields = [
            *("kind", "title", "description", "quantity", "place", "accessibility", "conditions"),
            *("upkeep_fee", "deposit", "audience", "network", "is_public"),
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "conditions": forms.Textarea(attrs={"rows": 4}),
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "title": _("Par exemple : la grande salle, le minibus, la sono."),
            "quantity": _("Une seule le plus souvent ; vingt, pour vingt chaises qui se prêtent par lots."),
            "place": _("Adresse ou repère. Vide, si c’est le domicile de quelqu’un."),
            "accessibility": _("Par exemple : plain-pied, ascenseur ; ou : trois marches, on vous aide."),
            "conditions": _("Ce qu’il faut savoir : assurance, ménage, clés, permis, qui accompagne."),
            "upkeep_fee": _("Ce que coûte l’entretien, jamais un loyer. Vide : rien."),
            "deposit": _("Vide : pas de caution."),
            "is_public": _(
                "Tout le monde verra le titre, la nature, l’association et les conditions. Jamais les prêts."
            ),
        }

    def __init__(self, *args, owners, **kwargs):
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs.setdefault("initial", {}).update(
                owner=instance.owner_id, territories=[t.pk for t in instance.territories.all()]
            )
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        field.queryset = owners
        if len(owners) < 2 or instance is not None:
            field.widget = forms.HiddenInput()
            field.initial = instance.owner_id if instance is not None else owners[0].pk
        here = Territory.objects.filter(organisations__in=owners).distinct().order_by("search_name")
        self.fields["territories"].queryset = here
        if len(here) == 1:
            self.fields["territories"].initial = [here[0].pk]
        networks = Network.objects.filter(memberships__organisation__in=owners, memberships__until=None).distinct()
        self.fields["network"].queryset = networks
        if not networks:
            del self.fields["network"]
            audience = self.fields["audience"]
            audience.choices = [choice for choice in audience.choices if choice[0] not in ("network", "")]
        else:
            self.fields["audience"].choices = [c for c in self.fields["audience"].choices if c[0]]
            self.fields["network"].empty_label = _("aucun")

    def _post_clean(self):
        """The action checks and writes; the form only cleans."""

    @property
    def told(self):
        """What the action takes."""
        return {"network": None, **self.cleaned_data}


class WithdrawForm(forms.Form):
    words = forms.CharField(
        label=_("Pourquoi ?"), max_length=300, help_text=_("Par exemple : le minibus est vendu. Reste entre vous.")
    )


class PhotoForm(forms.Form):
    image = forms.FileField(
        label=_("Photo"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG ou WebP, 8 Mo au plus. Ce que l’appareil y a écrit (lieu, date) est effacé."),
    )
    words = forms.CharField(
        label=_("Ce que l’on voit"),
        max_length=200,
        help_text=_("Pour qui ne voit pas la photo. Par exemple : la salle vide, vingt tables, une estrade."),
    )


class SlotForm(forms.Form):
    weekday = forms.TypedChoiceField(label=_("Jour"), choices=Slot.Day.choices, coerce=int)
    starts_at = forms.TimeField(label=_("De"))
    ends_at = forms.TimeField(label=_("À"))
