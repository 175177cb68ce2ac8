"""What people type in a text opened to a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.charters.forms.texts import MarkForm, NotEndless
from maillage.charters.models import Article, CharterVersion
from maillage.ui.forms import RowsField

from .models import Amendment, Stance, Workshop

STANCES = [(Stance.Kind.SUPPORT, _("Pour")), (Stance.Kind.OBJECT, _("J’ai une objection"))]
SHORT, LONG = forms.Textarea(attrs={"rows": 3}), forms.Textarea(attrs={"rows": 8})


class OpenForm(forms.ModelForm):
    """Which draft, until when, and what one asks of the group."""

    version = forms.ModelChoiceField(
        label=_("Quel texte ?"), queryset=CharterVersion.objects.none(), empty_label=None
    )

    class Meta:
        model = Workshop
        fields = ["version", "words", "closes_on"]
        widgets = {"words": SHORT}
        help_texts = {
            "words": _("Par exemple : par où commencer, ce qui vous fait hésiter."),
            "closes_on": _("Vide : jusqu’à ce que vous le fermiez."),
        }

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = drafts

    def _get_validation_exclusions(self):
        # The group is known by the address; opening twice is refused by the action, in words.
        return super()._get_validation_exclusions() | {"group", "version", "opened_at"}


class DayForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Avis et amendements jusqu’au"), required=False, help_text=_("Vide : jusqu’à la fermeture.")
    )


class CloseForm(forms.Form):
    words = forms.CharField(
        label=_("Ce que le groupe en retient"),
        required=False,
        max_length=1000,
        widget=SHORT,
        help_text=_("Les amendements restés sans réponse reçoivent ces mots : ils sont alors nécessaires."),
    )


class VoiceForm(forms.Form):
    """In whose name one speaks: asked where there is a choice. ``cleaned_data`` has ``organisation`` and ``seat``."""

    voice = forms.ChoiceField(label=_("Au nom de"))

    def __init__(self, *args, voices, **kwargs):
        super().__init__(*args, **kwargs)
        self._voices = {voice.value: voice for voice in voices}
        field = self.fields["voice"]
        field.choices = [(voice.value, voice.name) for voice in voices]
        if len(voices) == 1:
            field.widget, field.initial = forms.HiddenInput(), voices[0].value

    def clean(self):
        cleaned = super().clean()
        voice = self._voices.get(cleaned.pop("voice", ""))
        cleaned["organisation"], cleaned["seat"] = voice and voice.organisation, voice and voice.seat
        return cleaned


class CommentForm(VoiceForm):
    text = forms.CharField(label=_("Votre commentaire"), max_length=2000, widget=SHORT)
    article_key = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, min_value=1, max_value=10**12, widget=forms.HiddenInput)


def _reason_field():
    return forms.CharField(
        label=_("Pourquoi"),
        max_length=1000,
        widget=SHORT,
        help_text=_("Pour le groupe : vos raisons ne sont pas publiées avec le texte."),
    )


class WordsForm(NotEndless, VoiceForm):
    """A title and a text, and why."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    text = forms.CharField(label=_("Texte"), widget=LONG)
    reason = _reason_field()

    field_order = ["voice", "kind", "title", "text", "reason"]


class NewArticleForm(WordsForm):
    """An article that the text has not."""

    kind = forms.ChoiceField(label=_("Nature de l’article"), choices=Article.Kind.choices, initial="commitment")


class AmendForm(MarkForm, WordsForm):
    """Other words for an article that is there."""


class RemovalForm(MarkForm, VoiceForm):
    reason = _reason_field()


class StanceForm(VoiceForm):
    kind = forms.ChoiceField(label=_("Votre avis"), choices=STANCES, widget=forms.RadioSelect, initial="support")
    words = forms.CharField(
        label=_("En quelques mots"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nécessaires pour une objection : qu’est-ce qui n’irait pas, et que faudrait-il ?"),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Stance.Kind.OBJECT and not cleaned.get("words", "").strip():
            self.add_error("words", _("Dites quelle est votre objection."))
        return cleaned


class AnswerForm(forms.Form):
    """An answer that is required: who proposed waits for it."""

    answer = forms.CharField(label=_("Votre réponse"), max_length=2000, widget=SHORT)


class AcceptForm(MarkForm):
    """``needs_reason``: the text will differ from the national one, and says why to everybody."""

    reason = forms.CharField(
        label=_("Pourquoi cet article s’écarte-t-il du texte national ?"),
        max_length=1000,
        widget=SHORT,
        help_text=_("Cette raison-là est publiée avec le texte."),
    )
    answer = forms.CharField(label=_("Un mot pour qui l’a proposé"), required=False, max_length=2000, widget=SHORT)

    def __init__(self, *args, needs_reason, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]


class MergeForm(NotEndless, AcceptForm):
    """Other words, that answer one amendment or several of the same article."""

    others = RowsField(
        label=_("Répondre en même temps à"),
        queryset=Amendment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(label=_("Titre"), max_length=200)
    text = forms.CharField(label=_("Texte"), widget=LONG)
    plain_language = forms.CharField(label=_("En langage clair"), required=False, widget=SHORT)

    field_order = ["others", "title", "text", "plain_language", "reason", "answer"]

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = others
        self.fields["others"].label_from_instance = lambda one: f"{one.voice} : {one.reason[:80]}"
        self.fields["answer"].required = True
        self.fields["answer"].label = _("Pourquoi ces mots-là")
        self.fields["answer"].help_text = _("Chaque personne dont vous réunissez l’amendement reçoit cette réponse.")
        if "reason" in self.fields:
            self.fields["reason"].required = False
