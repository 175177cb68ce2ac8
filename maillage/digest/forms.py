"""What somebody wishes to receive; to whom a territory is passed on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.messaging.kinds import Category

from .models import Weekday

OPTIONAL = [(category.value, category.label) for category in Category if category != Category.DUTY]


class ChoicesForm(forms.Form):
    wanted = forms.MultipleChoiceField(
        label=_("Vous recevez par e-mail"), choices=OPTIONAL, required=False, widget=forms.CheckboxSelectMultiple
    )
    weekday = forms.TypedChoiceField(
        label=_("Jour de la lettre"),
        choices=Weekday.choices,
        coerce=int,
        help_text=_("Elle part le matin, seulement s’il y a du nouveau pour vous."),
    )


class SuccessionForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail de la personne qui prend la suite"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("Un mot pour elle"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    leaves = forms.BooleanField(
        label=_("Je cesse de coordonner ce territoire quand elle accepte"),
        required=False,
        initial=True,
        help_text=_("Décochez pour coordonner à deux."),
    )
