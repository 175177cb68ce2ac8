"""What the team types of a link; how anybody looks for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .bookmarks import MOST_BYTES, NotBookmarks, clean_tags, read
from .models import Link


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Chercher dans la veille"), max_length=100, required=False)
    tag = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    etat = forms.ChoiceField(label=_("Où il en est"), choices=[("", _("tous")), *Link.Status.choices], required=False)


class LinkForm(forms.ModelForm):
    url = forms.URLField(label=_("Adresse"), max_length=700, assume_scheme="https")
    words = forms.CharField(label=_("Mots-clés, séparés par des virgules"), max_length=400, required=False)
    field_order = ["url", "title", "note", "words", "status", "is_public", "source", "read_on"]

    class Meta:
        model = Link
        fields = ["url", "title", "note", "status", "is_public", "source", "read_on"]
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["words"] = ", ".join(self.instance.tags)

    def filled(self):
        """The link as it was typed, not saved."""
        link = self.save(commit=False)
        link.tags = clean_tags(self.cleaned_data["words"].split(","))
        return link

    def validate_unique(self):
        # The action says it, with the link that is there already.
        pass


class BringForm(forms.Form):
    """A bookmark file, read before anything is kept."""

    file = forms.FileField(
        label=_("Fichier de marque-pages (.html)"), widget=forms.FileInput(attrs={"accept": ".html,.htm,text/html"})
    )
    even_if_cut = forms.BooleanField(
        label=_("Si le fichier s’arrête au milieu, garder ce qui a été lu"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 10 Mo."))
        try:
            self.found = read(file.read())
        except NotBookmarks as error:
            raise forms.ValidationError(
                _("Ce n’est pas un fichier de marque-pages : votre navigateur ou Shaarli sait en exporter un.")
            ) from error
        return file
