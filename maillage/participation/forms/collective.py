"""What mediators and the collective type."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.forms import RowsField

from ..languages import CHOICES
from ..models import HeardNeed, ResidentVoice, Subject

OLDEST = datetime.timedelta(days=31)


class NoteForm(forms.Form):
    """What somebody just said, typed on a telephone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    territory = forms.ModelChoiceField(
        label=_("Quartier"), queryset=Territory.objects.none(), to_field_name="slug", empty_label=None
    )
    words = forms.CharField(
        label=_("Ce que la personne a dit"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Avec ses mots. Sans nom, sans adresse, sans rien sur sa santé, son origine ou sa religion."),
    )
    subject = forms.ChoiceField(label=_("À propos de"), choices=Subject, widget=forms.RadioSelect, required=False)
    language = forms.ChoiceField(label=_("Langue"), choices=CHOICES, initial="fr")
    may_be_shown = forms.BooleanField(
        label=_("La personne veut bien que ses mots soient montrés à tout le monde, sans son nom."), required=False
    )
    heard_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, territories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories

    def clean_subject(self):
        return self.cleaned_data["subject"] or Subject.OTHER

    def clean_heard_at(self):
        """When the telephone noted it, without network; a clock that is far out is not believed."""
        at = self.cleaned_data["heard_at"]
        return at if at and at > timezone.now() - OLDEST else None


class LookForm(forms.Form):
    """What the collective will read of a voice."""

    words = forms.CharField(
        label=_("Ce que dit la note vocale, mot à mot"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    shared_words = forms.CharField(
        label=_("Ce que lira le collectif"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("En français, avec les mots de la personne ; sans rien qui dise qui est quelqu’un."),
    )
    subject = forms.ChoiceField(label=_("À propos de"), choices=Subject)

    def __init__(self, *args, has_sound=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = has_sound
        if not has_sound:
            del self.fields["words"]


class SetAsideForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Pourquoi"),
        choices=ResidentVoice.SetAside,
        widget=forms.RadioSelect,
        help_text=_("La personne le lira avec son code."),
    )


class GroupForm(forms.Form):
    """Voices that say the same: a new need, or one that stands."""

    voices = RowsField(label=_("Paroles"), queryset=ResidentVoice.objects.none())
    wording = forms.CharField(label=_("Le besoin, en une phrase"), max_length=160, required=False)
    need = forms.ModelChoiceField(
        label=_("Ou un besoin déjà ouvert"),
        queryset=HeardNeed.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=_("un nouveau besoin"),
    )

    def __init__(self, *args, voices, needs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["voices"].queryset = voices
        self.fields["need"].queryset = needs


class WordingForm(forms.ModelForm):
    class Meta:
        model = HeardNeed
        fields = ["wording", "subject"]


class TakeUpForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("La réponse aux habitants et aux habitantes"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ce qui a été fait, ce qui va l’être et quand ; ou pourquoi ce n’est pas possible."),
    )


class ToldForm(forms.Form):
    told_words = forms.CharField(
        label=_("Comment la réponse a été redite"),
        max_length=300,
        help_text=_("Par exemple : affichée dans les halls, redite à la sortie de l’école."),
    )


class ShowForm(forms.Form):
    release_words = forms.CharField(
        label=_("La décision du collectif"),
        max_length=300,
        help_text=_("Quand, où, comment : « réunion du 12 mars, accord de toutes les associations présentes »."),
    )


class OwnLanguageForm(forms.Form):
    words = forms.CharField(
        label=_("La réponse, dans sa langue"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class MediatorForm(forms.Form):
    email = forms.EmailField(label=_("Adresse e-mail de la personne"))
