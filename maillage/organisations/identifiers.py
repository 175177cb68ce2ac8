"""RNA, SIREN, SIRET: official numbers, none of which an organisation is bound to have.

RNA: `^W\\d[A-Z\\d]\\d{7}$`, the State's own rule (api-subventions-asso); the third character is a letter in Corsica
and overseas. SIREN and SIRET: Luhn, with La Poste's exception (python-stdnum).
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren as siren_rule
from stdnum.fr import siret as siret_rule

from maillage.national_register.numbers import RNA, normalise


def validate_rna(number):
    if not RNA.fullmatch(normalise(number)):
        raise ValidationError(
            _(
                "« %(number)s » n’est pas un numéro RNA : il commence par W, suivi de neuf chiffres (le deuxième peut"
                " être une lettre). Si l’association n’en a pas, laissez vide."
            ),
            code="rna",
            params={"number": number},
        )


def validate_siren(number):
    try:
        siren_rule.validate(normalise(number))
    except NumberError as error:
        raise ValidationError(
            _("« %(number)s » n’est pas un numéro SIREN : vérifiez ses neuf chiffres, ou laissez vide."),
            code="siren",
            params={"number": number},
        ) from error


def validate_siret(number):
    try:
        siret_rule.validate(normalise(number))
    except NumberError as error:
        raise ValidationError(
            _("« %(number)s » n’est pas un numéro SIRET : vérifiez ses quatorze chiffres, ou laissez vide."),
            code="siret",
            params={"number": number},
        ) from error


def validate_siret_of_siren(siret, siren):
    """Refuses a SIRET whose first nine digits are not ``siren``; either may be empty."""
    if siret and siren and not normalise(siret).startswith(normalise(siren)):
        raise ValidationError(
            {"siret": _("Les neuf premiers chiffres du SIRET doivent être ceux du SIREN.")},
            code="siret_of_siren",
        )
