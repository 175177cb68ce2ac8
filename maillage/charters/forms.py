"""What people type about the charter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.forms import DecisionMixin
from maillage.organisations.models import Network, Organisation
from maillage.territories.forms import TerritoriesFormMixin
from maillage.ui.forms import RowsField
from maillage.ui.robots import ForPeople

from .models import Article, CharterVersion
from .models.signatures import Involvement


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


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
        widget=DayInput(),
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


class OpenAdaptationForm(TerritoriesFormMixin, forms.Form):
    """Opening an adaptation: its name, where, and with whom."""

    name = forms.CharField(
        label=_("Nom de l’adaptation"), max_length=160, help_text=_("Par exemple : La charte aux Tilleuls.")
    )
    promoters = RowsField(
        label=_("Associations promotrices"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Elles pourront écrire le texte avec vous. D’autres pourront les rejoindre."),
    )
    field_order = ["name", "territories", "territory_names", "promoters"]

    def __init__(self, *args, promoters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["promoters"].queryset = promoters


class ArticleForm(forms.ModelForm):
    """An article of a national draft, or one that an adaptation adds."""

    class Meta:
        model = Article
        fields = ["kind", "title", "text", "plain_language", "source"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "plain_language": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "plain_language": _("Une ou deux phrases simples, pour toutes et tous."),
            "source": _("Seulement si ce texte est cité d’un document : son nom et la page."),
        }


class VersionForm(forms.ModelForm):
    """The title of a national draft, and where its official text comes from."""

    class Meta:
        model = CharterVersion
        fields = ["title", "source"]


class TreatmentForm(forms.ModelForm):
    """What an adaptation does with an article of its parent."""

    treatment = forms.ChoiceField(
        label=_("Que faites-vous de cet article ?"),
        choices=[
            (choice.value, choice.label.capitalize())
            for choice in Article.Treatment
            if choice != Article.Treatment.ADDED
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, instance, **kwargs):
        self._was_kept = instance.treatment != Article.Treatment.ADAPTED
        self._words = (instance.title, instance.text)
        super().__init__(*args, instance=instance, **kwargs)

    class Meta:
        model = Article
        fields = ["treatment", "title", "text", "plain_language", "reason"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "plain_language": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "reason": _(
                "Nécessaire si l’article est adapté ou laissé de côté : la raison est publiée avec le texte."
            ),
        }

    def clean(self):
        cleaned = super().clean()
        changed = cleaned.get("treatment") in {Article.Treatment.ADAPTED, Article.Treatment.LEFT_OUT}
        typed = (cleaned.get("title"), cleaned.get("text", "").replace("\r\n", "\n"))
        if cleaned.get("treatment") != Article.Treatment.ADAPTED and self._was_kept and typed != self._words:
            self.add_error("treatment", _("Vous avez changé les mots : choisissez « Adapté », ils seront gardés."))
        if changed and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Dites pourquoi cet article est adapté ou laissé de côté."))
        return cleaned


class ReasonForm(forms.Form):
    """Why an article differs from the national text."""

    reason = forms.CharField(
        label=_("Pourquoi cet article s’écarte-t-il du texte national ?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La raison est publiée avec le texte."),
    )


class RewriteForm(forms.Form):
    """An article in other words, in the light of the three texts."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    text = forms.CharField(label=_("Texte"), widget=forms.Textarea(attrs={"rows": 8}))
    plain_language = forms.CharField(
        label=_("En langage clair"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=_("Pourquoi"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nécessaire tant que l’article s’écarte du texte national."),
    )


class RemarkForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )
    article_key = forms.ChoiceField(label=_("À propos de"), required=False)
    text = forms.CharField(label=_("Votre remarque"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, organisations, articles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["article_key"].choices = [("", _("l’ensemble du texte"))] + [
            (article.key, article.title) for article in articles
        ]


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Votre réponse"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class OpenToRemarksForm(forms.Form):
    until = forms.DateField(label=_("Remarques attendues jusqu’au"), widget=DayInput())


class AdoptForm(forms.Form):
    """The decision of a meeting, as it was taken."""

    adopted_on = forms.DateField(label=_("Date de la réunion"), widget=DayInput())
    adopted_by = forms.CharField(
        label=_("Quelle réunion, et où"),
        max_length=200,
        help_text=_("Par exemple : réunion du collectif, salle des Tilleuls."),
    )
    signatures_needed = forms.IntegerField(
        label=_("Combien de signatures pour entrer en vigueur ?"), min_value=1, max_value=500, initial=5
    )
    review_on = forms.DateField(
        label=_("Quand ferez-vous le point ?"),
        widget=DayInput(),
        help_text=_("Un an après, le plus souvent."),
    )


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
