"""What people type about agreements."""

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Cooperation
from maillage.organisations.models import Organisation
from maillage.ui.forms import ChoiceCards, RowsField

from .actions.drafting import FACTS, SECONDMENT, TRANSFER
from .models import Agreement, Party

HINTS = {
    Agreement.Kind.PARTNERSHIP: _("Faire quelque chose ensemble : qui apporte quoi, comment on décide."),
    Agreement.Kind.PREMISES: _("Une salle, un bureau, un jardin : les jours, les charges, les clés."),
    Agreement.Kind.EQUIPMENT: _("Pour plus longtemps qu’un simple prêt : un véhicule, une sono, des tables."),
    Agreement.Kind.STAFF: _("Une personne salariée travaille pour une autre association, avec son accord."),
    Agreement.Kind.TRANSFER: _("Le chef de file d’un projet reverse leur part aux partenaires."),
}


class StartForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("De quoi convenez-vous ?"), choices=Agreement.Kind, widget=ChoiceCards(hints=HINTS)
    )
    side = forms.ChoiceField(
        label=_("De quel côté êtes-vous ?"),
        choices=[
            ("starts", _("Nous mettons à disposition, nous reversons, ou nous sommes partenaires à égalité")),
            ("named", _("Nous utilisons, ou nous recevons")),
        ],
        widget=forms.RadioSelect,
        initial="starts",
        required=False,
    )
    title = forms.CharField(
        label=_("Titre"), max_length=150, help_text=_("Par exemple : la grande salle, le jeudi soir.")
    )
    others = RowsField(
        label=_("Avec qui ?"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label=_("À partir du"))
    ends_on = forms.DateField(
        label=_("Jusqu’au"), required=False, help_text=_("Vide : jusqu’à ce que l’un y mette fin.")
    )
    cooperation = forms.ModelChoiceField(
        label=_("Pour quelle coopération ?"),
        queryset=Cooperation.objects.none(),
        required=False,
        empty_label=_("aucune"),
    )

    def __init__(self, *args, organisations, others, cooperations, link="", **kwargs):
        """``link``: "amends" or "renews" where it follows another agreement, which says the rest."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations[0].pk
        self.fields["others"].queryset = others
        self.fields["cooperation"].queryset = cooperations
        for name, is_asked in (
            ("kind", not link),
            ("side", not link),
            ("others", link != "amends"),
            ("cooperation", bool(cooperations)),
        ):
            if not is_asked:
                del self.fields[name]

    def clean_side(self):
        return self.cleaned_data["side"] or "starts"


class _FactsForm(forms.ModelForm):
    """Cleans; the action checks and writes."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Agreement
        fields = FACTS

    def _post_clean(self):
        """The action checks and writes; the form only cleans."""


HELP = {
    "notice_days": _("Le temps laissé aux autres quand l’un veut arrêter."),
    "post": _("Par exemple : animatrice jeunesse. Jamais un nom."),
    "billed": _("Au plus la somme des trois lignes : ni frais de gestion, ni forfait."),
    "rider_on": _("Indispensable avant de signer."),
    "consent_on": _("Indispensable avant de signer : rien ne commence sans son accord."),
}


def facts_form(agreement):
    """The form class of the facts of ``agreement``: its kind decides which."""
    names = FACTS + (SECONDMENT if agreement.is_secondment else TRANSFER if agreement.is_transfer else ())
    return modelform_factory(Agreement, form=_FactsForm, fields=names, help_texts=HELP)


class ClauseForm(forms.Form):
    title = forms.CharField(label=_("Titre de l’article"), max_length=150, required=False)
    text = forms.CharField(
        label=_("Texte"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    ORDER = forms.IntegerField(label=_("Rang"), min_value=1, max_value=99, required=False)

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("title")) != bool(cleaned.get("text")):
            raise forms.ValidationError(_("Un article a un titre et un texte ; videz les deux pour le retirer."))
        return cleaned


ClauseFormSet = forms.formset_factory(ClauseForm, extra=1, max_num=41, absolute_max=60)


class InstalmentForm(forms.Form):
    due_on = forms.DateField(label=_("Pour le"), required=False)
    amount = forms.DecimalField(
        label=_("Montant, en euros"), max_digits=10, decimal_places=2, min_value=0, required=False
    )

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("due_on")) != bool(cleaned.get("amount")):
            raise forms.ValidationError(_("Un versement a une date et un montant ; videz les deux pour le retirer."))
        return cleaned


InstalmentFormSet = forms.formset_factory(InstalmentForm, extra=2, max_num=24, absolute_max=40)


class PartyForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Rôle"), choices=Party.Role)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AttachmentForm(forms.Form):
    title = forms.CharField(
        label=_("Ce que c’est"), max_length=150, help_text=_("Par exemple : état des lieux, attestation d’assurance.")
    )
    file = forms.FileField(
        label=_("Fichier"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        help_text=_("PDF, JPEG ou PNG, 10 Mo au plus."),
    )


class WordsForm(forms.Form):
    words = forms.CharField(label=_("Pourquoi ?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ChangeForm(forms.Form):
    words = forms.CharField(
        label=_("Ce qui est à changer"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Ce que cela devient"), max_length=500)


class EndForm(WordsForm):
    last_day = forms.DateField(label=_("Dernier jour"))
    field_order = ["last_day", "words"]


class SignForm(forms.Form):
    function = forms.CharField(
        label=_("Votre fonction"), max_length=120, help_text=_("Par exemple : présidente, trésorier.")
    )
    decided_on = forms.DateField(
        label=_("Date de la décision qui vous charge de signer"), help_text=_("Bureau, conseil ou assemblée.")
    )
    sure = forms.BooleanField(
        label=_("J’ai lu ce texte, et mon organisation m’a chargé·e de le signer en son nom."),
    )

    def __init__(self, *args, has_mandate, **kwargs):
        super().__init__(*args, **kwargs)
        if has_mandate:
            del self.fields["function"], self.fields["decided_on"]
