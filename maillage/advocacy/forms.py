"""What editors, associations and coordinations type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Cooperation
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.forms import RowsField

from .models import Addressee, Appeal, Echo, ProposalState, Stake


class ProposalForm(forms.Form):
    """The paper's words."""

    text = forms.CharField(
        label=_("Le texte, mot pour mot"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    source_page = forms.CharField(label=_("Page du plaidoyer"), max_length=20)
    stake = forms.ModelChoiceField(
        label=_("Enjeu"),
        queryset=Stake.objects.all(),
        required=False,
        to_field_name="number",
        empty_label=_("non dit"),
    )
    addressees = forms.MultipleChoiceField(
        label=_("À qui elle s’adresse"), choices=Addressee, widget=forms.CheckboxSelectMultiple, required=False
    )


class EchoForm(forms.ModelForm):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )
    cooperation = forms.ModelChoiceField(
        label=_("Une coopération à vous"),
        queryset=Cooperation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("aucune"),
        help_text=_("Son lien ne paraît qu’à qui peut la lire."),
    )
    field_order = ["organisation", "words"]

    class Meta:
        model = Echo
        fields = ["words", "brake", "figure", "figure_source", "cooperation", "may_be_cited"]
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, organisations, cooperations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["cooperation"].queryset = cooperations

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("figure") and not cleaned.get("figure_source"):
            self.add_error("figure_source", _("Un chiffre a une source et une date."))
        return cleaned

    def _post_clean(self):
        # The action checks the row: here it has neither its proposal nor its organisation.
        pass


class StateForm(forms.Form):
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), to_field_name="slug", empty_label=None
    )
    state = forms.ChoiceField(label=_("Où elle en est"), choices=ProposalState.State)
    on = forms.DateField(label=_("Depuis le"))
    words = forms.CharField(label=_("En une phrase"), max_length=300)
    source_title = forms.CharField(label=_("La source"), max_length=200)
    source_url = forms.URLField(
        label=_("Son adresse, si elle en a une"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args, territories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories

    def clean_source_url(self):
        address = self.cleaned_data["source_url"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Une adresse du web commence par https:// ou http://."))
        return address


class AppealForm(forms.ModelForm):
    echoes = RowsField(
        label=_("Les échos cités"),
        queryset=Echo.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Seulement ceux dont l’association accepte d’être nommée."),
    )

    class Meta:
        model = Appeal
        fields = ["addressee", "subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args, echoes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["echoes"].queryset = echoes

    def _post_clean(self):
        # The action checks the row.
        pass


class SendForm(forms.Form):
    on = forms.DateField(label=_("Partie le"))
    channel = forms.CharField(label=_("Comment (courrier, e-mail, en main propre)"), max_length=120)


class ReplyForm(forms.Form):
    on = forms.DateField(label=_("Reçue le"))
    sender = forms.CharField(label=_("De qui (une fonction, un service)"), max_length=200)
    text = forms.CharField(label=_("Ce qui est répondu"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class SinceForm(forms.Form):
    depuis = forms.DateField(label=_("Depuis le"), required=False)


class PlaceForm(forms.Form):
    """On which territory a letter is written."""

    territoire = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args, territories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territoire"].queryset = territories
