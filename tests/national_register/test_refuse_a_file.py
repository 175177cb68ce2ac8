import io
import zipfile

import pytest
from django.core.management import CommandError

from maillage.national_register import search, snapshots
from maillage.national_register.refusals import RegisterRefused
from tests.factories.register import csv_of, rows_of, zip_of

GOOD = csv_of(rows_of("NOUVELLE"))


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("rna.csv", "w") as member:
        member.write(GOOD)
        for _ in range(30):
            member.write(b"\n" * 1_000_000)
    return packed.getvalue()


def damaged():
    content = bytearray(zip_of({"a.csv": csv_of(rows_of(*(f"CLUB {n} {n * n}" for n in range(1, 2000))))}))
    middle = len(content) // 2
    content[middle : middle + 40] = b"\0" * 40
    return bytes(content)


BAD = {
    "empty": (b"", "vide"),
    "truncated zip": (zip_of({"rna.csv": GOOD})[:-30], "abîmée"),
    "damaged zip": (damaged(), "abîmée"),
    "zip bomb": (bomb(), "Mo et 1 fichiers"),
    "zip of something else": (zip_of({"photo.jpg": b"rien"}), "aucun fichier CSV"),
    "tabulations": (csv_of(rows_of("UN"), delimiter="\t"), "tabulations"),
    "bars": (csv_of(rows_of("UN"), delimiter="|"), "barres verticales"),
    "neighbourhoods": (b'{"type": "FeatureCollection"}', "ni le zip officiel"),
    "parquet": (b"PAR1....", "ni le zip officiel"),
    "member list": (b"nom;rna\nUN;W751000001\n", "colonnes absentes"),
    "prose": (b"Bonjour\n", "colonnes absentes"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "PNG|colonnes absentes|pas du texte"),
    "one endless line": (b"x" * 12_000_000, "pas de lignes"),
    "no row": (GOOD.split(b"\n")[0] + b"\n", "Aucune association"),
    "mostly wrong": (GOOD + b"un;deux\n" * 5, "Plus de la moitié"),
    "second file of another kind": (zip_of({"a.csv": GOOD, "b.csv": b"nom;rna\n"}), r"b\.csv : ce n’est pas"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_whole(what, import_file, register, own_folder):
    register("ANCIENNE")
    before = snapshots.current_name()
    content, said = BAD[what]
    with pytest.raises(RegisterRefused, match=said):
        import_file(content, "bad")
    assert snapshots.current_name() == before
    assert [found.name for found in search.find("ancienne")] == ["ANCIENNE"]
    assert {path.name for path in (own_folder / "register").iterdir()} == {before, "current", "lock"}


def test_the_command_says_it_in_a_sentence(run_command, tmp_path):
    with pytest.raises(CommandError, match=r"Il n’y a pas de fichier .* n’a pas changé"):
        run_command("import_rna", tmp_path / "nowhere.zip")
    with pytest.raises(CommandError, match="est un dossier"):
        run_command("import_rna", tmp_path)
