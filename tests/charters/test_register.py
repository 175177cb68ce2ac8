"""The register: a flipped byte, a removed line, a reordered line, a forged entry are each found and named."""

import json
import random

import pytest
from django.core.management import CommandError, call_command

from maillage.charters import actions, register
from maillage.charters.models import RegisterEntry, RegisterHead, Signature
from maillage.charters.queries import register_discords
from tests.factories.charters import national, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(entraide, amina, now):
    """Five signatures and a withdrawal: six lines."""
    version = national()
    for number in range(4):
        signed(version, email=f"personne-{number}@exemple.org", at=now)
    last = signed(version, organisation=entraide, email="amina@exemple.org", at=now)
    actions.withdraw_signature(last, actor=amina, at=now)
    return [register.line_of(entry.body, entry.hash) for entry in RegisterEntry.objects.order_by("sequence")]


def reasons(lines, **options):
    return [str(fault) for fault in register.verify(lines, **options).faults]


def forge(line, **changes):
    """A line changed, with its hash made right again."""
    entry = {**json.loads(line), **changes}
    entry.pop("hash")
    body = register.canonical(entry)
    return register.line_of(body, register.hash_of(body))


def test_a_genuine_register_is_whole(lines):
    report = register.verify(lines)
    assert report.is_whole
    assert report.entries == 6
    assert report.head == RegisterHead.objects.get().hash


def test_any_flipped_byte_is_found(lines):
    dice = random.Random(4)
    for _ in range(300):
        at = dice.randrange(len(lines))
        raw = bytearray(lines[at].encode())
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(7)
        damaged = [*lines[:at], raw.decode(errors="replace"), *lines[at + 1 :]]
        report = register.verify(damaged)
        assert report.faults, raw
        assert report.faults[0].line in {at + 1, at + 2}


def test_an_edited_entry_is_named(lines):
    edited = lines[2].replace('"event":"signed"', '"event":"lapsed"')
    assert reasons([*lines[:2], edited, *lines[3:]]) == [
        "ligne 3 : l’entrée 3 a été modifiée : son empreinte ne correspond plus à son contenu"
    ]


def test_a_removed_line_is_named(lines):
    assert reasons([*lines[:2], *lines[3:]]) == ["ligne 3 : il manque l’entrée 3 avant l’entrée 4"]


def test_swapped_lines_are_named(lines):
    swapped = [lines[0], lines[2], lines[1], *lines[3:]]
    found = " ".join(reasons(swapped))
    assert "l’entrée 2 n’est pas à sa place" in found


def test_a_forged_entry_breaks_the_chain_after_it(lines):
    forged = forge(lines[2], organisation={"id": "x", "name": "Association fantôme"})
    assert reasons([*lines[:2], forged, *lines[3:]]) == [
        "ligne 4 : l’entrée 4 ne suit pas celle qui la précède : l’une des deux a été forgée"
    ]


def test_an_inserted_entry_is_named(lines):
    inserted = forge(lines[2], sequence=4, previous=json.loads(lines[2])["hash"])
    found = " ".join(reasons([*lines[:3], inserted, *lines[3:]]))
    assert "l’entrée 4" in found


def test_a_register_cut_at_its_end_is_found_by_a_known_head(lines):
    head = json.loads(lines[-1])["hash"]
    assert reasons(lines[:-1]) == []
    assert "réécrit ou coupé" in reasons(lines[:-1], head=head)[0]


def test_an_old_head_proves_that_the_register_went_on_from_it(lines):
    assert reasons(lines, head=json.loads(lines[2])["hash"]) == []


def test_the_command_reads_a_file_offline(lines, tmp_path, capsys):
    file = tmp_path / "registre.ndjson"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    call_command("verify_register", str(file))
    assert "6 entrées" in capsys.readouterr().out

    file.write_text("".join(f"{line}\n" for line in lines[1:]), encoding="utf-8")
    with pytest.raises(CommandError, match="pas authentique"):
        call_command("verify_register", str(file))
    assert "il manque l’entrée 1" in capsys.readouterr().out


def test_the_command_says_what_is_not_a_register(tmp_path):
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("verify_register", str(tmp_path / "rien.ndjson"))
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("verify_register", str(picture))


def test_the_public_export_is_the_register(client, lines):
    response = client.get("/charte/registre.ndjson")
    assert b"".join(response.streaming_content).decode().splitlines() == lines


def test_a_signature_added_without_the_register_is_found(lines, now):
    known = Signature.objects.first()
    Signature.objects.create(
        version=known.version, organisation=national_organisation(), involvement="sign_only", signed_at=now
    )
    assert "n’est pas dans le registre" in " ".join(map(str, register_discords()))


def national_organisation():
    from tests.factories.organisations import OrganisationFactory

    return OrganisationFactory()


def test_entries_removed_from_the_database_are_found(lines):
    RegisterEntry.objects.order_by("-sequence").first().delete()
    assert "retirées" in " ".join(map(str, register_discords()))
