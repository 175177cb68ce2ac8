"""What an association types to alert, and what is answered."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation

from .models import Alert
from .queries import coordinators_for, followers_for

PLACE, NETWORK = "territoire", "reseau"


class OrganisationForm(forms.Form):
    """Which of one's associations is in difficulty."""

    association = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["association"].queryset = organisations


class ReaderForm(forms.Form):
    """The one person who will read it: who coordinates around, who follows a network."""

    to = forms.ChoiceField(
        label=_("Qui la lira"),
        widget=forms.RadioSelect,
        help_text=_("Une seule personne. Ni les autres associations, ni la préfecture, ni la ville ne la lisent."),
    )

    def __init__(self, *args, organisation, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.roles = {f"{PLACE}-{role.pk}": role for role in coordinators_for(organisation)}
        self.roles |= {f"{NETWORK}-{role.pk}": role for role in followers_for(organisation, today)}
        self.fields["to"].choices = [(key, _named(role)) for key, role in self.roles.items()]

    @property
    def has_nobody(self):
        return not self.roles

    def clean_to(self):
        return self.roles[self.cleaned_data["to"]]


def _named(role):
    if hasattr(role, "network"):
        return gettext("%(who)s, qui suit %(what)s") % {"who": role.user, "what": role.network.name}
    return gettext("%(who)s, qui coordonne %(what)s") % {"who": role.user, "what": role.territory.name}


class AlertForm(ReaderForm):
    kind = forms.ChoiceField(label=_("Ce qui est en difficulté"), choices=Alert.Kind, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Ce qui se passe"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    hoped = forms.CharField(label=_("Ce qui vous aiderait"), max_length=300, required=False)
    field_order = ["kind", "words", "hoped", "to"]


class MessageForm(forms.Form):
    words = forms.CharField(label=_("Votre message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Ce que c’est devenu"), choices=Alert.Outcome, widget=forms.RadioSelect)

    def __init__(self, *args, may_withdraw, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_withdraw:
            self.fields["outcome"].choices = [
                choice for choice in Alert.Outcome.choices if choice[0] != Alert.Outcome.WITHDRAWN
            ]
