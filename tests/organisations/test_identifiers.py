"""Official numbers: none is required; one that is given must be right."""

import pytest
from django.core.exceptions import ValidationError

from maillage.organisations.identifiers import (
    normalise,
    validate_rna,
    validate_siren,
    validate_siret,
    validate_siret_of_siren,
)


@pytest.mark.parametrize("number", ["W751234567", "w75 123 45 67", "W9R1234567", "W2A1234567", "W9T1002867"])
def test_rna_accepts_corsica_and_overseas(number):
    validate_rna(number)


@pytest.mark.parametrize(
    "number", ["", "W75123456", "W7512345678", "751234567", "WA51234567", "W75123456Z", "W٧٥1234567"]
)
def test_rna_refuses(number):
    with pytest.raises(ValidationError, match="RNA"):
        validate_rna(number)


@pytest.mark.parametrize(
    "number",
    [
        "73282932000074",
        "732 829 320 00074",
        "35600000000048",  # La Poste's seat
        "35600000049837",  # another of La Poste's, by its own rule
    ],
)
def test_siret_follows_luhn_and_la_postes_exception(number):
    validate_siret(number)


@pytest.mark.parametrize("number", ["73282932000075", "7328293200007", "ABCDEFGHIJKLMN", ""])
def test_siret_refuses(number):
    with pytest.raises(ValidationError, match="SIRET"):
        validate_siret(number)


def test_siren_refuses_a_wrong_key():
    validate_siren("732829320")
    with pytest.raises(ValidationError, match="SIREN"):
        validate_siren("732829321")


def test_a_siret_begins_with_its_siren():
    validate_siret_of_siren("73282932000074", "732829320")
    validate_siret_of_siren("", "732829320")
    with pytest.raises(ValidationError, match="neuf premiers chiffres"):
        validate_siret_of_siren("73282932000074", "356000000")


def test_normalise_takes_out_what_people_type():
    assert normalise(" w75.123-45\u00a067 ") == "W751234567"
