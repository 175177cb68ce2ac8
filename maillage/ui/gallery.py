"""What the gallery shows: each component with examples of its states."""

import datetime

from django import forms
from django.core.paginator import Paginator

from .bars import drawn
from .forms import ChoiceCards

KINDS = [("a", "Association"), ("c", "Collectif"), ("s", "Centre social")]
HINTS = {"a": "Déclarée en préfecture.", "c": "Pas encore déclaré : il figure dans la même liste."}


class ExampleForm(forms.Form):
    """Every kind of field, with a hint, required or not."""

    name = forms.CharField(label="Nom", help_text="Comme vous voulez qu’il apparaisse.")
    email = forms.EmailField(label="Adresse e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    day = forms.DateField(label="Date", required=False, initial=datetime.date(2026, 11, 14))
    hour = forms.TimeField(label="Heure", required=False)
    number = forms.IntegerField(label="Combien", required=False, min_value=1)
    kind = forms.ChoiceField(label="Nature", choices=KINDS)
    wish = forms.ChoiceField(
        label="Envie d’agir", choices=[("1", "Signer"), ("2", "Accueillir")], widget=forms.RadioSelect
    )
    status = forms.ChoiceField(label="Statut", choices=KINDS, widget=ChoiceCards(hints=HINTS))
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("s", "Sport"), ("c", "Culture")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Je suis d’accord")
    text = forms.CharField(label="Texte", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Fichier", required=False)
    fixed = forms.CharField(label="Ne se change pas", disabled=True, initial="QN09901N", required=False)
    origin = forms.IntegerField(widget=forms.HiddenInput)


class ExampleFilters(forms.Form):
    q = forms.CharField(label="Nom", required=False)
    kind = forms.ChoiceField(label="Nature", choices=[("", "Toutes"), *KINDS], required=False)
    mine = forms.BooleanField(label="Signataires seulement", required=False)


def examples(request):
    """The context of the gallery page."""
    return {
        "blank_form": ExampleForm(prefix="vide"),
        "refused_form": ExampleForm({"refus-email": "pas une adresse", "refus-origin": "x"}, prefix="refus"),
        "filters": ExampleFilters(prefix="filtre"),
        "page": Paginator(range(100), 10).get_page(request.GET.get("page", 2)),
        "bars": drawn([("Pas encore de signataire", 12), ("En vigueur", 3), ("En sommeil", 0)], whole=15),
        "shapes": ["ring", "dot", "square-open", "diamond-half", "diamond", "triangle", "bar"],
        "digest": "60aeca55114c822591bca4f3872883c5ec54883cf27b3e11e503088812a6fb0b",
    }
