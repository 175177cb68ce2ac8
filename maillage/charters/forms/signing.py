"""What people type to sign, to withdraw, to find a signatory, to verify."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.forms import DecisionMixin
from maillage.organisations.models import Network
from maillage.ui.robots import ForPeople

from ..models.signatures import Involvement


class SignForm(DecisionMixin, ForPeople, forms.Form):
    """Who signs, with which mandate, and what the organisation is ready for."""

    first_name = forms.CharField(
        label=_("Votre prénom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Votre nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    function = forms.CharField(
        label=_("Votre fonction dans l’association"),
        max_length=120,
        help_text=_("Par exemple : présidente, trésorier, coordinatrice."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        help_text=_("Nous y envoyons le lien qui confirme la signature. Elle n’est jamais publiée."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    decided_on = forms.DateField(
        label=_("Date de la décision qui vous mandate (bureau, conseil, assemblée)"),
        required=False,
        help_text=_(
            "Si vous ne la connaissez pas, laissez vide : la signature portera la mention « mandat à confirmer »."
        ),
    )
    has_mandate = forms.BooleanField(
        label=_("Je déclare que cette association m’a chargé·e de signer en son nom."),
        error_messages={"required": _("Seule une personne mandatée signe au nom d’une association.")},
    )
    involvement = forms.ChoiceField(
        label=_("Qu’avez-vous envie de faire ?"),
        choices=Involvement,
        widget=forms.RadioSelect,
        initial=Involvement.TAKE_PART,
        help_text=_(
            "Ce choix n’est pas publié : il aide la coordination de votre territoire à vous proposer un premier pas."
        ),
    )
    is_listed = forms.BooleanField(
        label=_("Afficher l’association dans la liste publique des signataires"), required=False, initial=True
    )

    @property
    def particulars(self):
        """What `request_signature` records."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"email", "has_mandate"}}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ? (facultatif, gardé pour votre association)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SignatoryFilterForm(forms.Form):
    """Filters of the list of signatories; every field may stay empty."""

    q = forms.CharField(label=_("Nom"), required=False, max_length=100)
    text = forms.ChoiceField(label=_("Texte signé"), required=False)
    territory = forms.CharField(label=_("Quartier ou commune"), required=False, max_length=100)
    network = forms.ModelChoiceField(
        label=_("Réseau"),
        queryset=Network.objects.all(),
        required=False,
        to_field_name="slug",
        empty_label=_("Tous"),
    )

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].choices = [("", _("Tous")), *texts]


class VerifyForm(forms.Form):
    document = forms.FileField(
        label=_("Une attestation au format PDF"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    token = forms.CharField(
        label=_("… ou le code de vérification imprimé sur l’attestation"), required=False, max_length=200
    )

    MOST_BYTES = 5_000_000

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document and document.size > self.MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 5 Mo : ce n’est pas une attestation de Maillage."))
        return document

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("document") and not cleaned.get("token"):
            self.add_error("document", _("Choisissez un fichier, ou donnez un code."))
        return cleaned
