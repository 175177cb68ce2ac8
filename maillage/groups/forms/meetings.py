"""What people type about meetings: when, where, what, who was there."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.ui.forms import DateInput, TimeInput

from ..models import AgendaItem, Meeting

EARLIEST = datetime.date(2000, 1, 1)


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["title", "date", "starts_at", "ends_at", "place", "host"]
        widgets = {"date": DateInput, "starts_at": TimeInput, "ends_at": TimeInput}
        help_texts = {
            "title": _("Facultatif : « réunion de mars », « préparer la fête »."),
            "place": _("Salle, adresse, étage, ascenseur, code de la porte."),
        }

    def __init__(self, *args, hosts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts
        self.fields["host"].empty_label = _("personne en particulier")

    def clean_date(self):
        date = self.cleaned_data["date"]
        latest = timezone.localdate() + datetime.timedelta(days=3 * 366)
        if not EARLIEST <= date <= latest:
            raise forms.ValidationError(_("Cette date est trop lointaine."))
        return date

    def _post_clean(self):
        """Nothing of the row is checked here: the action does, with its constraints, under a lock."""


class ItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["title", "minutes_planned"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False


class UnforeseenForm(forms.Form):
    title = forms.CharField(label=_("Point"), max_length=200)


class WordsForm(forms.Form):
    words = forms.CharField(label=_("Pourquoi"), max_length=300)


class AnswerForm(forms.Form):
    """``who``: "o12" for an organisation, "s3" for a resident's seat."""

    who = forms.ChoiceField(label=_("Au nom de"))

    def __init__(self, *args, voices, seat, **kwargs):
        super().__init__(*args, **kwargs)
        self.speakers = {f"o{member.organisation_id}": (member.organisation, None) for member in voices}
        if seat:
            self.speakers[f"s{seat.pk}"] = (None, seat)
        self.fields["who"].choices = [(key, str(one or other)) for key, (one, other) in self.speakers.items()]
        self.fields["who"].initial = next(iter(self.speakers), None)
        if len(self.speakers) == 1:
            self.fields["who"].widget = forms.HiddenInput()

    @property
    def speaker(self):
        organisation, seat = self.speakers[self.cleaned_data["who"]]
        return {"organisation": organisation, "seat": seat}


class ComingForm(AnswerForm):
    answer = forms.ChoiceField(choices=[("comes", _("vient")), ("excused", _("ne peut pas venir"))])


class ReadingForm(AnswerForm):
    correction = forms.CharField(
        label=_("Ce qui est à corriger"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SettleForm(forms.Form):
    answer = forms.CharField(label=_("Ce que vous en avez fait"), max_length=500)


class HoldForm(forms.Form):
    others_present = forms.CharField(
        label=_("Autres personnes présentes"),
        max_length=300,
        required=False,
        help_text=_("Des fonctions plutôt que des noms : « deux habitantes, le gardien »."),
    )


class PointForm(forms.Form):
    wording = forms.CharField(label=_("Ce qui est à faire"), max_length=300)
    organisation = forms.ModelChoiceField(
        label=_("Qui s’en charge"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("personne encore"),
    )
    due_on = forms.DateField(label=_("Pour le"), required=False, widget=DateInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and not EARLIEST <= due_on <= timezone.localdate() + datetime.timedelta(days=3 * 366):
            raise forms.ValidationError(_("Cette date est trop lointaine."))
        return due_on


class EntrustForm(PointForm):
    """Who takes charge of an action, and by when."""

    # Django's way to leave inherited fields out.
    wording = key = None  # type: ignore[assignment]


class ClosePointForm(forms.Form):
    done = forms.TypedChoiceField(
        label=_("Où en est-on ?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("c’est fait")), ("no", _("on y renonce"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    words = forms.CharField(
        label=_("En un mot"), max_length=300, required=False, help_text=_("Si on y renonce, dites pourquoi.")
    )


class PollForm(forms.Form):
    """Up to six dates; the lines left empty are not proposed."""

    LINES = 6
    title = forms.CharField(label=_("Objet"), max_length=150)
    place = forms.CharField(label=_("Lieu"), max_length=300, required=False)
    answer_by = forms.DateField(label=_("Réponses jusqu’au"), required=False, widget=DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for line in range(self.LINES):
            number = {"number": line + 1}
            self.fields[f"date_{line}"] = forms.DateField(
                label=_("Date %(number)s") % number, required=False, widget=DateInput
            )
            self.fields[f"start_{line}"] = forms.TimeField(
                label=_("Début %(number)s") % number, required=False, widget=TimeInput
            )
            self.fields[f"end_{line}"] = forms.TimeField(
                label=_("Fin %(number)s") % number, required=False, widget=TimeInput
            )

    @property
    def lines(self):
        return [[self[f"{name}_{line}"] for name in ("date", "start", "end")] for line in range(self.LINES)]

    def clean(self):
        cleaned = super().clean()
        cleaned["options"] = []
        for line in range(self.LINES):
            names = [f"{name}_{line}" for name in ("date", "start", "end")]
            values = [cleaned.get(name) for name in names]
            if any(name in self.errors for name in names) or not any(values):
                continue
            for name, value in zip(names, values, strict=True):
                if not value:
                    self.add_error(name, _("Donnez le jour, le début et la fin."))
            if all(values) and values[2] <= values[1]:
                self.add_error(names[2], _("La fin vient après le début."))
            cleaned["options"].append(tuple(values))
        return cleaned
