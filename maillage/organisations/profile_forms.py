"""The whole profile of an organisation, in groups that a small association fills on a phone; and writing to it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.ui.robots import ForPeople

from .forms import OrganisationForm
from .models import Exchange

WORDS = "_words"


def _exchange_names():
    """(side, kind, name of its box) of each thing that may be offered or sought."""
    return [(side, kind, f"{side.value}_{kind.value}") for side in Exchange.Side for kind in Exchange.Kind]


class ProfileForm(OrganisationForm):
    """What an organisation tells of itself, all of it. Everything but the first lines may stay empty."""

    GROUPS = (
        (
            "who",
            _("Qui nous sommes"),
            ("name", "acronym", "kind", "legal_regime", "rna", "siret", "employer", "networks"),
        ),
        ("where", _("Où"), ("territories", "territory_names")),
        ("what", _("Ce que nous faisons"), ("themes", "purpose", "publics", "languages")),
        ("find", _("Nous trouver"), ("address", "opening_hours", "accessibility", "website")),
        ("exchange", _("Ce que nous proposons et cherchons"), ("seeks_partners",)),
        ("contact", _("Être contactée"), ("contact_function", "contact_email", "is_suggestible")),
    )
    SHORT = ("name", "kind", "legal_regime", "territories", "territory_names", "themes", "purpose")
    """What is asked of a newcomer; the rest can wait."""

    class Meta(OrganisationForm.Meta):
        fields = [
            *OrganisationForm.Meta.fields,
            "publics",
            "languages",
            "address",
            "opening_hours",
            "accessibility",
            "contact_email",
            "seeks_partners",
            "is_suggestible",
        ]
        widgets = {
            **OrganisationForm.Meta.widgets,
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "opening_hours": forms.Textarea(attrs={"rows": 2}),
            "accessibility": forms.Textarea(attrs={"rows": 2}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {
            "seeks_partners": _("Nous cherchons des partenaires en ce moment"),
            "is_suggestible": _("Proposer notre association comme partenaire possible"),
        }
        help_texts = {
            "is_suggestible": _(
                "Maillage peut la montrer à une voisine qui cherche avec qui agir. Décochez pour ne pas l’être :"
                " votre fiche reste dans l’annuaire."
            ),
        }

    def __init__(self, *args, **kwargs):
        instance = kwargs.get("instance")
        if instance is not None:
            initial = kwargs.setdefault("initial", {})
            for row in instance.exchanges.all():
                initial[f"{row.side}_{row.kind}"] = True
                initial[f"{row.side}_{row.kind}{WORDS}"] = row.words
        super().__init__(*args, **kwargs)
        for _side, kind, name in _exchange_names():
            self.fields[name] = forms.BooleanField(label=kind.label, required=False)
            self.fields[name + WORDS] = forms.CharField(
                label=gettext("Précisions : %(what)s") % {"what": kind.label}, max_length=200, required=False
            )

    def clean(self):
        """Boxes and words become `exchanges`; words that belong to no ticked box are asked back, never lost."""
        cleaned, exchanges = super().clean(), []
        for side, kind, name in _exchange_names():
            is_ticked, words = cleaned.pop(name, False), cleaned.pop(name + WORDS, "")
            if is_ticked:
                exchanges.append((side.value, kind.value, words))
            elif words and not self.initial.get(name):
                self.add_error(
                    name + WORDS,
                    gettext("Cochez « %(what)s », ou effacez ces précisions.") % {"what": kind.label},
                )
        cleaned["exchanges"] = exchanges
        return cleaned

    # how it is laid out

    def short_fields(self):
        return [self[name] for name in self.SHORT]

    def groups(self):
        """Each heading, and its fields."""
        return [(key, title, [self[name] for name in names]) for key, title, names in self.GROUPS]

    def other_groups(self):
        """As `groups`, without the fields of `short_fields`; a heading left with nothing is not there."""
        kept = [
            (key, title, [self[name] for name in names if name not in self.SHORT])
            for key, title, names in self.GROUPS
        ]
        return [group for group in kept if group[2]]

    def exchange_sides(self):
        """(title, [(box, words)]) of what is offered, then of what is sought."""
        titles = {Exchange.Side.OFFER: _("Nous pouvons proposer"), Exchange.Side.NEED: _("Nous cherchons")}
        return [
            (title, [(self[name], self[name + WORDS]) for side, _kind, name in _exchange_names() if side == wanted])
            for wanted, title in titles.items()
        ]

    @property
    def is_long(self):
        """Whether something outside `short_fields` was filled in, or is wrong."""
        if set(self.errors) - set(self.SHORT):
            return True
        return any(self[name].value() for name in ("rna", "siret", "acronym"))


class WriteForm(ForPeople, forms.Form):
    """A message to an organisation, from anybody."""

    MOST = 2_000

    name = forms.CharField(
        label=_("Votre nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    writes_for = forms.CharField(
        label=_("Au nom de qui, s’il y a lieu"),
        required=False,
        max_length=120,
        help_text=_("Par exemple : une association, une mairie, un bailleur."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail, pour la réponse"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    text = forms.CharField(
        label=_("Votre message"),
        help_text=_("2 000 caractères au plus."),
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": MOST}),
    )

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_writes_for(self):
        return " ".join(self.cleaned_data["writes_for"].split())

    def clean_text(self):
        """A browser counts an end of line once, and sends it as two characters."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > self.MOST:
            raise forms.ValidationError(
                _("Ce message est trop long : %(number)s caractères, pour 2 000 au plus."),
                params={"number": len(text)},
            )
        return text
