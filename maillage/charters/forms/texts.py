"""What people type about the texts: articles, adaptations, remarks, the decision of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.forms import TerritoriesFormMixin
from maillage.ui.forms import RowsField

from ..importing import LONGEST_TEXT
from ..models import Article, CharterVersion


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


class NotEndless(forms.BaseForm):
    """The words of an article have an end: every reader's page compares them."""

    def _not_endless(self, name):
        words = self.cleaned_data[name]
        if len(words) > LONGEST_TEXT:
            raise forms.ValidationError(_("Ce texte est trop long : 200 articles et 200 000 signes au plus."))
        # A browser ends its lines otherwise: the same words must stay the same.
        return words.replace("\r\n", "\n")

    def clean_text(self):
        return self._not_endless("text")

    def clean_plain_language(self):
        return self._not_endless("plain_language")


class MarkForm(forms.Form):
    """What an article was when its page was opened: whoever writes over somebody else's words is told first."""

    mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def clean_mark(self):
        return self.cleaned_data["mark"] or None

    def show_over(self, article):
        """The words typed stay in the form; sent again, they go over what ``article`` says now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("mark")] = article.mark


class ArticleForm(NotEndless, forms.ModelForm):
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


class ChangeArticleForm(MarkForm, ArticleForm):
    """The same, once the article exists."""

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["mark"] = instance.mark


class VersionForm(forms.ModelForm):
    """The title of a national draft, and where its official text comes from."""

    class Meta:
        model = CharterVersion
        fields = ["title", "source"]


class TreatmentForm(MarkForm, NotEndless, forms.ModelForm):
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
        self.initial["mark"] = instance.mark

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


class RewriteForm(NotEndless, forms.Form):
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
    until = forms.DateField(label=_("Remarques attendues jusqu’au"))


class AdoptForm(forms.Form):
    """The decision of a meeting, as it was taken."""

    adopted_on = forms.DateField(label=_("Date de la réunion"))
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
        help_text=_("Un an après, le plus souvent."),
    )
