"""What people type about a loan, from the asking to the closing."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation

from ..availability import moment


def _half_hours():
    return [(f"{h:02}:{m:02}", f"{h:02}:{m:02}") for h in range(24) for m in (0, 30)]


class AskForm(forms.Form):
    """When, for whom, how many, what for."""

    borrower = forms.ModelChoiceField(label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None)
    starts_on = forms.DateField(label=_("À partir du"))
    starts_time = forms.ChoiceField(label=_("Heure du début"), choices=_half_hours, initial="09:00")
    ends_on = forms.DateField(label=_("Jusqu’au"))
    ends_time = forms.ChoiceField(label=_("Heure de la fin"), choices=_half_hours, initial="18:00")
    quantity = forms.IntegerField(label=_("Combien"), min_value=1, initial=1)
    message = forms.CharField(
        label=_("Pour quoi faire ?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Quelques mots aident à dire oui : combien de personnes, quel usage, qui vient le chercher."),
    )

    def __init__(self, *args, borrowers, resource, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["borrower"]
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in borrowers]).order_by("search_name")
        others = [one for one in borrowers if one.pk != resource.owner_id]
        field.initial = (others or borrowers)[0].pk
        if len(borrowers) == 1:
            field.widget = forms.HiddenInput()
        if resource.quantity == 1:
            del self.fields["quantity"]
        else:
            self.fields["quantity"].max_value = resource.quantity
            self.fields["quantity"].help_text = _("Il y en a %(number)s.") % {"number": resource.quantity}

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for side in ("starts", "ends"):
                hour = datetime.time.fromisoformat(cleaned.pop(f"{side}_time"))
                try:
                    cleaned[f"{side}_at"] = moment(cleaned.pop(f"{side}_on"), hour)
                    cleaned[f"{side}_at"].timestamp()
                except (OverflowError, ValueError):
                    self.add_error(f"{side}_on", _("Cette date n’est pas de notre temps."))
        return cleaned


class WordsForm(forms.Form):
    """A few words, for a gesture that wants its reason, or may have one."""

    def __init__(self, *args, label, required=True, most=500, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"] = forms.CharField(
            label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": 3})
        )


class HandOutForm(forms.Form):
    state_noted = forms.CharField(
        label=_("Dans quel état ?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Regardez-le ensemble. Par exemple : propre, une rayure à gauche, plein fait."),
    )
    deposit_received = forms.BooleanField(label=_("La caution est reçue"), required=False)

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        if not loan.deposit:
            del self.fields["deposit_received"]


class TakeBackForm(forms.Form):
    state_noted = forms.CharField(
        label=_("Dans quel état revient-il ?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    incident = forms.CharField(
        label=_("Un incident ?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Casse, perte, retard… Vide : tout va bien. L’autre association lira ces mots."),
    )
    deposit_returned = forms.BooleanField(label=_("La caution est rendue"), required=False)

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        if not loan.deposit_received_on:
            del self.fields["deposit_returned"]


class CloseLoanForm(forms.Form):
    words = forms.CharField(
        label=_("Comment cela s’est-il réglé ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : réparé ensemble ; caution rendue moins 15 euros."),
    )
    deposit_returned = forms.BooleanField(label=_("La caution est rendue"), required=False)

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        if not loan.deposit_received_on or loan.deposit_returned_on:
            del self.fields["deposit_returned"]
