"""Asking for a letter; composing one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.ui.robots import ForPeople

from .models import Letter


class AskForm(ForPeople, forms.Form):
    """One address, for one territory."""

    email = forms.EmailField(label=_("Votre adresse e-mail"), max_length=254)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Votre quartier, votre commune"), max_length=100, required=False)


class LetterForm(forms.ModelForm):
    items = forms.MultipleChoiceField(
        label=_("Ce qu’elle raconte"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Letter
        fields = ["title", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, proposed, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposed = {item["url"]: item for item in proposed}
        self.fields["items"].choices = [
            (url, f"{item['what']} : {item['title']}") for url, item in self.proposed.items()
        ]

    def clean_items(self):
        return [self.proposed[url] for url in self.cleaned_data["items"]]
