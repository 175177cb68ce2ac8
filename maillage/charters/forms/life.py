"""What people type about the life of adaptations and signatures, on paper or with help."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.forms import DecisionMixin
from maillage.organisations.models import Organisation
from maillage.territories.forms import TerritoriesFormMixin
from maillage.territories.models import Territory

from ..actions import Outcome
from ..models import CharterVersion
from ..models.signatures import Involvement


class ProposeForm(TerritoriesFormMixin, forms.Form):
    """An idea: where, who says it, and why."""

    name = forms.CharField(
        label=_("Nom de l’adaptation"), max_length=160, help_text=_("Par exemple : La charte aux Tilleuls.")
    )
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), required=False, empty_label=_("la coordination")
    )
    words = forms.CharField(
        label=_("Pourquoi ici, et pourquoi maintenant ?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Les associations du territoire liront ces mots ; les partenaires publics, non."),
    )
    field_order = ["name", "organisation", "territories", "territory_names", "words"]

    def __init__(self, *args, organisations, coordinates, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations
        if not coordinates:
            field.required, field.empty_label = True, None


class JoinForm(forms.Form):
    """Which of one's associations carries the adaptation too."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), to_field_name="uuid")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class ReviewForm(forms.Form):
    """What a review has decided."""

    outcome = forms.ChoiceField(
        label=_("Qu’avez-vous décidé ?"),
        widget=forms.RadioSelect,
        initial=Outcome.GOES_ON.value,
        choices=[
            (Outcome.GOES_ON.value, _("Le texte continue, tel quel")),
            (Outcome.REVISE.value, _("Le texte continue, et une nouvelle version s’écrit")),
            (Outcome.REST.value, _("Mettre en sommeil pour l’instant")),
            (Outcome.CLOSE.value, _("Clore : on ne pourra plus la signer")),
        ],
    )
    next_review_on = forms.DateField(
        label=_("Prochain point"),
        required=False,
        help_text=_("Si le texte continue : un an après, le plus souvent."),
    )
    words = forms.CharField(
        label=_("Ce qui s’est dit, en quelques phrases"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Publié dans la vie de l’adaptation : sans nom de personne."),
    )

    def clean(self):
        cleaned = super().clean()
        goes_on = cleaned.get("outcome") in {Outcome.GOES_ON, Outcome.REVISE}
        if goes_on and not cleaned.get("next_review_on") and "next_review_on" not in self.errors:
            self.add_error("next_review_on", _("Dites quand vous ferez le prochain point."))
        return cleaned


class WakeForm(forms.Form):
    words = forms.CharField(
        label=_("Pourquoi elle se réveille"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_review_on = forms.DateField(label=_("Prochain point"), required=False)


class RenewForm(DecisionMixin, forms.Form):
    """A mandate, where whoever renews has none in force."""

    function = forms.CharField(
        label=_("Votre fonction dans l’association aujourd’hui"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    decided_on = forms.DateField(
        label=_("Date de la décision qui vous mandate, si vous la connaissez"), required=False
    )


class GatheringForm(forms.Form):
    """A meeting where organisations signed on paper."""

    version = forms.ModelChoiceField(label=_("Texte signé"), queryset=CharterVersion.objects.none(), empty_label=None)
    place = forms.CharField(
        label=_("Quelle rencontre, et où"),
        max_length=200,
        help_text=_("Par exemple : réunion de rentrée, salle des Tilleuls."),
    )
    held_on = forms.DateField(label=_("Date de la rencontre"))
    scan = forms.FileField(
        label=_("La feuille signée, numérisée ou photographiée"),
        help_text=_("PDF, JPEG ou PNG, 10 Mo au plus. Elle reste privée : seule la coordination peut l’ouvrir."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions


class SheetLineForm(DecisionMixin, forms.Form):
    """One line of a sheet signed on paper."""

    organisation = forms.ModelChoiceField(
        label=_("Association"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("elle n’est pas dans cette liste"),
    )
    new_name = forms.CharField(label=_("Si elle n’est pas dans la liste : son nom"), max_length=200, required=False)
    territory = forms.ModelChoiceField(
        label=_("… et le territoire où elle agit"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=None,
    )
    first_name = forms.CharField(label=_("Prénom de qui a signé"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    function = forms.CharField(label=_("Fonction"), max_length=120)
    decided_on = forms.DateField(
        label=_("Date de la décision qui mandate, si elle est sur la feuille"), required=False
    )
    email = forms.EmailField(
        label=_("Adresse e-mail, si elle est sur la feuille"),
        required=False,
        help_text=_("L’attestation y sera envoyée, et la personne pourra gérer la fiche. Jamais publiée."),
    )
    involvement = forms.ChoiceField(
        label=_("Envie d’agir, si elle a été dite"), choices=Involvement, initial=Involvement.SIGN_ONLY
    )

    def __init__(self, *args, organisations, territories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["territory"].queryset = territories

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("organisation") and not cleaned.get("new_name", "").strip():
            self.add_error("organisation", _("Choisissez l’association, ou écrivez son nom."))
        if cleaned.get("organisation") and cleaned.get("new_name", "").strip():
            self.add_error(
                "new_name", _("Vous avez aussi choisi une association dans la liste : gardez l’un des deux.")
            )
        return cleaned

    @property
    def line(self):
        """What `sign_on_paper` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "territory"} | {
            "territories": [self.cleaned_data["territory"]] if self.cleaned_data["territory"] else []
        }


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Le code que la personne a reçu"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CloseOrganisationForm(forms.Form):
    dissolved_on = forms.DateField(
        label=_("Si elle est dissoute : à quelle date"),
        required=False,
        help_text=_("Ses signatures deviennent alors caduques ; elles restent dans l’histoire."),
    )
    is_sure = forms.BooleanField(label=_("Oui, cette association n’agit plus ici"))
