"""What people type about a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.ui.days import date_format
from maillage.ui.forms import DateInput

from ..models import Decision
from .meetings import EARLIEST, AnswerForm


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting):
        day = date_format(meeting.date, "j F Y")
        return f"{day} · {meeting.title}" if meeting.title else day


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item):
        return f"{date_format(item.meeting.date, 'j F')} · {item.title}"


class PlacedForm(forms.Form):
    """A decision is taken at a meeting, maybe under a point of its agenda; or between two meetings."""

    meeting = MeetingChoice(
        label=_("À quelle réunion"), queryset=None, required=False, empty_label=_("entre deux réunions")
    )
    item = ItemChoice(
        label=_("Sur quel point de l’ordre du jour"),
        queryset=None,
        required=False,
        empty_label=_("aucun en particulier"),
    )

    def __init__(self, *args, meetings, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["item"].queryset = items

    def clean(self):
        cleaned = super().clean()
        meeting, item = cleaned.get("meeting"), cleaned.get("item")
        if item and meeting and item.meeting_id != meeting.pk:
            self.add_error("item", _("Ce point est à l’ordre du jour d’une autre réunion."))
        return cleaned


class ProposeForm(PlacedForm, AnswerForm):
    who = forms.ChoiceField(label=_("Qui propose"), required=False)
    kind = forms.ChoiceField(
        label=_("Comment décider"),
        widget=forms.RadioSelect,
        choices=[
            (Decision.Kind.CONSENT.value, _("par consentement : personne n’a d’objection qui tienne")),
            (Decision.Kind.VOTE.value, _("par vote : une association, une voix")),
        ],
    )
    title = forms.CharField(label=_("Sur quoi"), max_length=160)
    proposal = forms.CharField(
        label=_("Proposition"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ce que le groupe ferait : qui, quoi, quand. Une phrase claire vaut mieux que trois."),
    )
    closes_on = forms.DateField(
        label=_("Dernier jour"),
        required=False,
        widget=DateInput,
        help_text=_(
            "Nécessaire pour un vote. Un consentement n’attend plus de réponse ensuite : l’animation décide."
        ),
    )
    options = forms.CharField(
        label=_("Réponses possibles d’un vote, une par ligne"),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Laissez vide pour : pour, contre, abstention."),
    )
    is_secret = forms.BooleanField(
        label=_("Vote secret"),
        required=False,
        help_text=_("On sait alors qui a voté, jamais quoi ; et un vote donné ne se change plus."),
    )
    replaces = forms.ModelChoiceField(
        label=_("Elle remplace une décision"), queryset=None, required=False, empty_label=_("aucune")
    )

    field_order = [
        "who",
        "kind",
        "title",
        "proposal",
        "closes_on",
        "options",
        "is_secret",
        "meeting",
        "item",
        "replaces",
    ]

    def __init__(self, *args, decisions, may_run, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = decisions
        self.may_run = may_run
        if may_run:
            self.fields["who"].choices = [*self.fields["who"].choices, ("", _("l’animation du groupe"))]
            self.fields["who"].widget = forms.Select(choices=self.fields["who"].choices)
        if not self.speakers:
            self.fields["who"].widget = forms.HiddenInput()

    @property
    def words(self):
        """What the action takes."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "who"}
        if not self.cleaned_data["who"] and not self.may_run:
            # Only who runs the group proposes in nobody's name.
            self.cleaned_data["who"] = next(iter(self.speakers), "")
        return {**fields, **(self.speaker if self.cleaned_data["who"] else {})}

    def clean_options(self):
        labels = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if any(len(label) > 120 for label in labels):
            raise forms.ValidationError(_("Une réponse a au plus 120 signes."))
        return labels

    def clean_closes_on(self):
        closes_on = self.cleaned_data["closes_on"]
        if closes_on and closes_on < EARLIEST:
            raise forms.ValidationError(_("Cette date est passée."))
        return closes_on


class NoteForm(PlacedForm):
    title = forms.CharField(label=_("Sur quoi"), max_length=160)
    text = forms.CharField(label=_("Ce qui est décidé"), max_length=6000, widget=forms.Textarea(attrs={"rows": 5}))
    field_order = ["title", "text", "meeting", "item"]


class SpeakForm(AnswerForm):
    text = forms.CharField(label=_("Vos mots"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AgreeForm(AnswerForm):
    """No objection: nothing to write."""


class MoreTimeForm(forms.Form):
    closes_on = forms.DateField(label=_("Nouveau dernier jour"), widget=DateInput)


class SettleStatementForm(forms.Form):
    """An objection is integrated, and the proposal written anew, or it is not; a question is answered."""

    answer = forms.CharField(label=_("Réponse"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    was_integrated = forms.TypedChoiceField(
        label=_("Cette objection est-elle intégrée ?"),
        coerce=lambda value: value == "yes",
        empty_value=None,
        choices=[("yes", _("oui, la proposition change")), ("no", _("non, et voici pourquoi"))],
        widget=forms.RadioSelect,
    )
    proposal = forms.CharField(
        label=_("La proposition, écrite à nouveau"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    field_order = ["was_integrated", "proposal", "answer"]

    def __init__(self, *args, statement, **kwargs):
        super().__init__(*args, **kwargs)
        if statement.kind != "objection":
            del self.fields["was_integrated"], self.fields["proposal"]


class VoteForm(AnswerForm):
    """``given``: what each organisation has answered already (organisation id → option id), in an open vote."""

    option = forms.ModelChoiceField(label=_("Votre voix"), queryset=None, widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, options, given=None, **kwargs):
        super().__init__(*args, seat=None, **kwargs)
        self.fields["option"].queryset = options
        first = next(iter(self.speakers.values()), None)
        self.fields["option"].initial = (given or {}).get(first[0].pk) if first else None


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Où en est-on ?"),
        widget=forms.RadioSelect,
        initial="adopted",
        choices=[
            ("adopted", _("adoptée : aucune objection ne tient")),
            ("set_aside", _("laissée de côté")),
        ],
    )
    words = forms.CharField(
        label=_("Ce qui est décidé, en clair ; ou pourquoi on y renonce"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, may_adopt=True, **kwargs):
        """``may_adopt``: objections were asked for, and none stands."""
        super().__init__(*args, **kwargs)
        if not may_adopt:
            self.fields["outcome"].initial = "set_aside"
            self.fields["outcome"].widget = forms.HiddenInput()
            self.fields["words"].label = _("Pourquoi la laisser de côté")
