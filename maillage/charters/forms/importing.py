"""What people type while they import a text: the file, then each future article of its preview."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import importing
from ..models import Article


class ImportFileForm(forms.Form):
    """A text written elsewhere; ``cleaned_data["imported"]`` holds what was read in it."""

    document = forms.FileField(
        label=_("Votre document"),
        help_text=_(
            "Word (.docx), ODT, Markdown ou texte ; 5 Mo au plus. Les titres du document deviennent des articles."
            " Rien n’est changé avant que vous ayez relu."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.odt,.md,.markdown,.txt"}),
        error_messages={"empty": _("Ce fichier est vide.")},
    )

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document.size > importing.MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 5 Mo. Retirez-en les images, puis recommencez."))
        self.cleaned_data["imported"] = importing.read(document.read())
        return document


class ImportedArticleForm(forms.Form):
    """One future article. Set aside, it may say anything; else it needs a title, a text, sometimes a reason."""

    skip = forms.BooleanField(label=_("Ne pas importer"), required=False)
    kind = forms.ChoiceField(label=_("Nature"), choices=Article.Kind, required=False)
    title = forms.CharField(label=_("Titre"), max_length=importing.LONGEST_TITLE, required=False)
    text = forms.CharField(label=_("Texte"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    reason = forms.CharField(
        label=_("Pourquoi ces mots changent ici"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def is_kept(self):
        return not self["skip"].value()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("skip"):
            self._errors.clear()
            return cleaned
        for name, sentence in (
            ("title", _("Donnez un titre à cet article, ou ne l’importez pas.")),
            ("text", _("Écrivez le texte de cet article, ou ne l’importez pas.")),
        ):
            if name not in self.errors and not cleaned.get(name, "").strip():
                self.add_error(name, sentence)
        cleaned["kind"] = cleaned.get("kind") or Article.Kind.COMMITMENT
        return cleaned


class ImportedArticles(forms.BaseFormSet):
    """The articles of a preview, in the order of the file."""

    def get_form_kwargs(self, index):
        # An article that came without its fields is refused, not passed over.
        return {**super().get_form_kwargs(index), "empty_permitted": False}

    @property
    def kept(self):
        return [form for form in self.forms if form.is_kept]


ImportedArticlesFormSet = forms.formset_factory(
    ImportedArticleForm,
    formset=ImportedArticles,
    extra=0,
    max_num=importing.MOST_ARTICLES,
    absolute_max=importing.MOST_ARTICLES,
    validate_max=True,
)


class ImportOptionsForm(forms.Form):
    """What is true of a whole import. ``plan`` is the mark of the changes that the page announced."""

    REPLACE, COMPLETE = "replace", "complete"

    mode = forms.ChoiceField(
        label=_("Que devient le projet actuel ?"),
        choices=[
            (REPLACE, _("Le remplacer : les articles que le fichier n’a pas sont retirés, leurs mots sont perdus")),
            (COMPLETE, _("Le compléter : rien n’est retiré, les nouveaux articles s’ajoutent à la fin")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez : le remplacer, ou le compléter.")},
    )
    version_title = forms.CharField(label=_("Titre du projet"), max_length=200)
    source = forms.CharField(
        label=_("Source (document, page)"),
        max_length=300,
        required=False,
        help_text=_("Seulement si ce texte est cité d’un document. Elle est inscrite à chaque article importé."),
    )
    reason = forms.CharField(
        label=_("Pourquoi ces mots changent ici, pour les articles adaptés où vous ne le dites pas"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("La raison est publiée avec le texte."),
    )
    plan = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    document_title = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    warnings = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        is_adaptation = version is not None and version.adaptation_id is not None
        if version is not None:
            del self.fields["version_title"]
        if is_adaptation or version is None or not version.articles.exists():
            del self.fields["mode"]
        if not is_adaptation:
            del self.fields["reason"]

    @property
    def sentences(self):
        """The warnings of the file, carried from page to page by the form itself."""
        value = self["warnings"].value()
        try:
            value = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            value = []
        return [str(sentence) for sentence in value] if isinstance(value, list) else []
