"""What people type about an event."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.forms import RowsField

from ..calendar import last_day_of
from ..models import Event

ESSENTIAL = (
    *("organiser", "title", "starts_on", "starts_time", "ends_time", "place", "territories", "for_whom", "audience"),
)
DETAILS = (
    *("repeats", "repeats_until", "ends_on", "description", "is_free", "price", "booking"),
    *("languages", "accessibility"),
)


class FilterForm(forms.Form):
    """Of the calendar: where, for whom, free."""

    territory = forms.ModelChoiceField(
        label=_("Quartier"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="slug",
        empty_label=_("tous"),
    )
    for_whom = forms.ChoiceField(
        label=_("Pour qui"),
        required=False,
        choices=[("", _("tous les publics")), *(one for one in Event.ForWhom.choices if one[0] != "all")],
    )
    free = forms.BooleanField(label=_("Gratuit"), required=False)

    def __init__(self, *args, territories=None, **kwargs):
        super().__init__(*args, **kwargs)
        if territories is None:
            del self.fields["territory"]
        else:
            self.fields["territory"].queryset = territories


class EventForm(forms.ModelForm):
    """An event; its title, its day and its neighbourhoods are all that is needed."""

    organiser = forms.ModelChoiceField(label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None)
    territories = RowsField(
        label=_("Dans quels quartiers ?"),
        queryset=Territory.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Parmi ceux où votre association agit."),
    )
    repeats = forms.ChoiceField(label=_("Cela se répète"), choices=Event.Repeats, required=False)
    repeats_until = forms.DateField(
        label=_("Jusqu’au"),
        required=False,
        help_text=_("Dix-huit mois au plus. Nous vous rappellerons de prolonger."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    field_order = [*ESSENTIAL, *DETAILS]

    class Meta:
        model = Event
        fields = [
            *("title", "starts_on", "starts_time", "ends_time", "ends_on", "place", "for_whom", "audience"),
            *("description", "is_free", "price", "booking", "languages", "accessibility"),
        ]
        labels = {
            "ends_on": _("Se termine le"),
            "title": _("Quoi ?"),
            "starts_on": _("Quel jour ?"),
            "place": _("Où ?"),
            "for_whom": _("Pour qui ?"),
            "audience": _("Qui voit cette annonce ?"),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 4}), "audience": forms.RadioSelect}
        help_texts = {
            "title": _("Par exemple : fête des voisins, permanence de l’écrivain public."),
            "starts_time": _("Vide : toute la journée."),
            "place": _("Nom du lieu, adresse, repère."),
            "ends_on": _("Seulement si cela dure plusieurs jours."),
            "is_free": _("C’est ce que l’on cherche en premier."),
            "price": _("Par exemple : 2 € ; ou : prix libre."),
            "booking": _("Vide : on vient sans s’inscrire. Jamais le numéro d’une personne sans son accord."),
            "languages": _("Par exemple : français, arabe, langue des signes."),
            "accessibility": _("Par exemple : plain-pied, boucle magnétique ; ou : deux marches, on vous aide."),
        }

    def __init__(self, *args, organisers, **kwargs):
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {**_told_of(instance), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = False
        self.fields["audience"].choices = [choice for choice in self.fields["audience"].choices if choice[0]]
        field = self.fields["organiser"]
        field.queryset = organisers
        if len(organisers) < 2 or (instance is not None and instance.pk):
            field.widget = forms.HiddenInput()
            field.initial = instance.organiser_id if instance is not None else organisers[0].pk
        here = Territory.objects.filter(organisations__in=organisers).distinct().order_by("search_name")
        self.fields["territories"].queryset = here
        if len(here) == 1:
            self.fields["territories"].initial = [here[0].pk]

    def _post_clean(self):
        """The action checks and writes; the form only cleans."""

    @property
    def essential(self):
        return [self[name] for name in ESSENTIAL if not self[name].is_hidden]

    @property
    def details(self):
        return [self[name] for name in DETAILS]

    @property
    def is_detailed(self):
        """Whether a detail was typed, or is refused: they are then shown open."""
        if self.is_bound:
            return any(self[name].errors or self[name].value() for name in DETAILS if name != "is_free")
        return any(self[name].initial for name in DETAILS if name != "is_free")

    @property
    def told(self):
        """What the action takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "edition"}
        told["ends_on"] = told.get("ends_on") or told["starts_on"]
        return told


def _told_of(event):
    return {
        "organiser": event.organiser_id,
        "territories": [territory.pk for territory in event.territories.all()] if event.pk else [],
        "repeats": event.repeats,
        "repeats_until": last_day_of(event.rule, event.zone),
        "ends_on": event.ends_on if event.ends_on != event.starts_on else None,
        "edition": event.edition,
    }


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Pourquoi ?"), max_length=300, help_text=_("Les personnes qui pensaient venir le liront.")
    )


class RemoveForm(forms.Form):
    words = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        required=False,
        help_text=_("L’association qui l’annonce recevra ces mots."),
    )


class DateForm(forms.Form):
    """One date of what repeats: not that day, or at another time."""

    cancelled = forms.TypedChoiceField(
        label=_("Cette date"),
        choices=[("oui", _("n’a pas lieu")), ("non", _("a lieu à un autre moment"))],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(label=_("Le"), required=False)
    starts_time = forms.TimeField(label=_("De"), required=False)
    ends_time = forms.TimeField(label=_("À"), required=False)
    words = forms.CharField(label=_("Pourquoi ?"), max_length=200, required=False)


class OrganiserForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("Avec qui ?"), queryset=Organisation.objects.none())

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
