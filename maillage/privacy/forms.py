"""What people tick before they leave."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ForgetForm(forms.Form):
    """``alone``: the organisations that this person alone manages; without any, the second box is not asked."""

    nobody_can_take_over = forms.BooleanField(
        label=_("Personne ne peut reprendre la gestion : je laisse l’organisation à reprendre."), required=False
    )
    understood = forms.BooleanField(
        label=_("J’ai compris : c’est définitif, et personne ne pourra revenir en arrière."),
        error_messages={"required": _("Cochez cette case pour confirmer.")},
    )

    def __init__(self, *args, alone, **kwargs):
        super().__init__(*args, **kwargs)
        if not alone:
            del self.fields["nobody_can_take_over"]
