"""Choosing territories in a form, among tens of thousands, with or without JavaScript."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Territory

MOST_CANDIDATES = 8
MOST_TICKED, MOST_NAMES = 200, 25


class TerritoriesFormMixin(forms.Form):
    """Two fields: names typed, separated by commas, and boxes to tick among what these names may mean.

    A name that means one place is taken at once. One that means several is asked back, as boxes: nothing typed is
    lost. `cleaned_data["territories"]` is a list of territories.
    """

    territories = forms.MultipleChoiceField(
        label=_("Territoires"), required=False, widget=forms.CheckboxSelectMultiple
    )
    territory_names = forms.CharField(
        label=_("Quartiers ou communes où vous agissez"),
        required=False,
        max_length=400,
        help_text=_("Écrivez leurs noms, séparés par des virgules. Par exemple : Les Tilleuls, Clairmont-sur-Orle."),
    )
    territories_required = True
    territory_kinds = (Territory.Kind.QPV, Territory.Kind.COMMUNE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.data.getlist(self.add_prefix("territories")) if self.is_bound else []
        chosen = chosen or [str(slug) for slug in self.initial.get("territories", [])]
        chosen = [slug for slug in chosen if "\x00" not in slug][:MOST_TICKED]
        offered = self._known().filter(slug__in=chosen)
        self._offer(offered)
        if self.territories_required and not offered:
            self.fields["territory_names"].required = True
            self.fields["territory_names"].error_messages["required"] = _(
                "Indiquez au moins un quartier ou une commune."
            )

    def _known(self):
        return Territory.objects.filter(kind__in=self.territory_kinds).select_related("departement")

    def _offer(self, territories):
        field = self.fields["territories"]
        field.choices = [(territory.slug, self._describe(territory)) for territory in territories]
        if not field.choices:
            field.widget.is_hidden_when_empty = True

    @staticmethod
    def _describe(territory):
        where = territory.departement.name if territory.departement else territory.code
        if territory.kind == Territory.Kind.QPV:
            return gettext("%(name)s (quartier prioritaire %(vintage)s, %(where)s)") % {
                "name": territory.name,
                "vintage": territory.vintage,
                "where": where,
            }
        return f"{territory.name} ({where})"

    def clean(self):
        cleaned = super().clean()
        slugs = set(cleaned.get("territories", []))
        found = {territory.slug: territory for territory in self._known().filter(slug__in=slugs)}
        unclear, unknown = [], []
        names = dict.fromkeys(filter(None, map(str.strip, cleaned.get("territory_names", "").split(","))))
        if len(names) > MOST_NAMES:
            names = {}
            self.add_error("territory_names", _("Écrivez moins de noms à la fois : d’autres s’ajoutent ensuite."))
        for name in names:
            candidates = self._candidates(name)
            if len(candidates) == 1:
                found[candidates[0].slug] = candidates[0]
            elif candidates and not any(candidate.slug in found for candidate in candidates):
                unclear += candidates
            elif not candidates:
                unknown.append(name)
        if unclear:
            self._offer([*found.values(), *unclear])
            self.add_error("territories", _("Plusieurs lieux portent ce nom : cochez les vôtres."))
        if unknown:
            self.add_error(
                "territory_names",
                gettext("Aucun quartier ni commune ne s’appelle : %(names)s.") % {"names": ", ".join(unknown)},
            )
        if self.territories_required and not found and not self.errors:
            self.add_error("territory_names", _("Indiquez au moins un quartier ou une commune."))
        cleaned["territories"] = list(found.values())
        return cleaned

    def _candidates(self, name):
        return list(self._known().filter(valid_until=None).matching(name)[:MOST_CANDIDATES])
