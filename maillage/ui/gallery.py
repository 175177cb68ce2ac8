"""What the gallery shows: each component with examples of its states."""

from django import forms
from django.core.paginator import Paginator


class ExampleForm(forms.Form):
    """Every kind of field, with a hint, optional or not."""

    name = forms.CharField(label="Nom", help_text="Comme vous voulez qu’il apparaisse.")
    email = forms.EmailField(label="Adresse e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    day = forms.DateField(label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Nature", choices=[("a", "Association"), ("c", "Collectif")])
    wish = forms.ChoiceField(
        label="Envie d’agir", choices=[("1", "Signer"), ("2", "Accueillir")], widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("s", "Sport"), ("c", "Culture")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Je suis d’accord")
    text = forms.CharField(label="Texte", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Fichier", required=False)


def examples(request):
    """The context of the gallery page."""
    return {
        "blank_form": ExampleForm(prefix="vide"),
        "refused_form": ExampleForm({"refus-email": "pas une adresse"}, prefix="refus"),
        "page": Paginator(range(100), 10).get_page(request.GET.get("page", 2)),
    }
