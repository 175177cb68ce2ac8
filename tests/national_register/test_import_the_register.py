import sqlite3

import pytest

from maillage.national_register import search, snapshots
from maillage.national_register.records import departement_of
from maillage.national_register.refusals import NoRegister
from tests.factories.register import IMPORT, WALDEC, csv_of, rows_of, zip_of


def one():
    """The only association of the register."""
    (row,) = snapshots.current().rows.execute("SELECT * FROM association").fetchall()
    return dict(row)


def test_nothing_was_imported():
    with pytest.raises(NoRegister, match="import_rna"):
        search.find("jardin")


def test_the_official_zip_holds_a_file_for_each_departement(import_file):
    report = import_file(
        zip_of(
            {
                "rna_waldec_20261001_dpt_75.csv": csv_of(rows_of("LES JARDINS")),
                "rna_waldec_20261001_dpt_35.csv": csv_of([{"id": "W351000001", "titre": "LES VELOS"}]),
                "lisez-moi.txt": b"rien",
                "__MACOSX/._rna_waldec_20261001_dpt_75.csv": b"\0\0",
            }
        ),
        "rna.zip",
    )
    assert (report.kept, report.rejections, report.vintage) == (2, 0, "2026-10-01")
    vintage = snapshots.current().vintage
    assert (vintage.on, vintage.source, vintage.rows) == ("2026-10-01", "rna.zip", 2)
    assert [found.rna for found in search.find("velo")] == ["W351000001"]


@pytest.mark.parametrize(
    ("columns", "delimiter", "encoding"),
    [
        (WALDEC, ";", "utf-8"),
        (WALDEC, ";", "utf-8-sig"),
        (WALDEC, ";", "cp1252"),
        (WALDEC, ",", "utf-8"),
        (IMPORT, ";", "cp1252"),
        ([*WALDEC[:34], "telephone", "siteweb", "email", *WALDEC[35:]], ";", "cp1252"),
        (WALDEC[::-1], ";", "utf-8"),
    ],
)
def test_layouts_and_encodings_are_told_apart(import_file, columns, delimiter, encoding):
    row = {"id": "W751000001", "titre": "ÉCOLE ŒUVRE", "objet": "été ; à deux"}
    assert import_file(csv_of([row], columns=columns, delimiter=delimiter, encoding=encoding)).kept == 1
    kept = one()
    assert (kept["title"], kept["object"]) == ("ÉCOLE ŒUVRE", "été ; à deux")
    assert kept["commune"].lower() == "paris"
    assert kept["last_sign"] == "2018-03-05"


def test_what_is_of_somebody_is_never_kept(import_file, own_folder):
    import_file(csv_of(rows_of("LES JARDINS")))
    content = b"".join(path.read_bytes() for path in (own_folder / "register").rglob("*") if path.is_file())
    assert b"LES JARDINS" in content
    assert b"secrete" not in content.lower()


def test_quirks_of_real_rows_are_repaired(import_file):
    import_file(
        csv_of(
            [
                {
                    "id": " w751000001 ",
                    "titre": "FOYER  DE L?ENFANCE &amp; DE L&#039;AVENIR",
                    "titre_court": "FOYER  DE L?ENFANCE...",
                    "objet": "aider\nd?autres",
                    "objet_social1": "40000",
                    "objet_social2": "0",
                    "adrs_codeinsee": "1053",
                    "adrs_codepostal": "1000",
                    "siret": "123",
                    "date_creat": "0201-05-06",
                    "date_publi": "1901-07-01",
                    "date_decla": "0000-00-00",
                    "position": "",
                }
            ]
        )
    )
    kept = one()
    assert kept["number"] == "W751000001"
    assert kept["title"] == "FOYER DE L’ENFANCE & DE L'AVENIR"
    assert kept["object"] == "aider d’autres"
    assert (kept["object_code"], kept["object_code_2"]) == ("040000", "")
    assert (kept["commune_code"], kept["postcode"]) == ("01053", "01000")
    assert (kept["created"], kept["published"], kept["declared"], kept["siret"]) == ("", "", "", "")
    assert (kept["short_title"], kept["position"]) == ("", "I")


def test_rows_taken_over_by_the_present_register_are_counted(import_file):
    report = import_file(
        csv_of(
            [
                {"id": "751P00085568", "titre": "ANCIENNE"},
                {"id": "751P00085569", "titre": "PASSEE", "position": "R", "observation": "W751000001"},
            ],
            columns=IMPORT,
        )
    )
    assert (report.kept, report.taken_over, report.rejections) == (1, 1, 0)
    assert [found.name for found in search.find("751P00085568")] == ["ANCIENNE"]


def test_a_row_that_cannot_be_kept_is_told_with_its_line(import_file):
    good = rows_of("UN", "DEUX\nLIGNES", "TROIS")
    lines = csv_of(good).decode().split("\n")
    lines[1:1] = ["W75100009;trop;court", csv_of([{"id": "x", "titre": "SANS NUMERO"}]).decode().split("\n")[1]]
    lines += [csv_of([{"id": "W751000001", "titre": "ENCORE"}]).decode().split("\n")[1]]
    report = import_file("\n".join(lines).encode())
    assert report.kept == 3
    assert [(line, reason.split(" ")[0]) for _file, line, reason in report.rejected] == [
        (2, "3"),
        (3, "«"),
        (9, "le"),
    ]
    assert {file for file, _line, _reason in report.rejected} == {"rna_waldec_20261001_dpt_75.csv"}
    kept = snapshots.current().rows.execute("SELECT file, line FROM rejected").fetchall()
    assert len(kept) == 3


def test_a_quote_left_open_costs_one_row(import_file):
    lines = csv_of(rows_of(*"ABCDEF", **{"objet": "un ; deux"})).decode().splitlines()
    lines[2] = lines[2].replace('deux"', "deux")
    report = import_file("\n".join(lines).encode())
    assert (report.kept, [line for _file, line, _reason in report.rejected]) == (5, [3])


def test_an_index_and_rows_hold_the_same(register):
    register(*(f"CLUB {n}" for n in range(1, 12)))
    snapshot = snapshots.current()
    assert snapshot.searcher.num_docs == snapshot.rows.execute("SELECT count(*) FROM association").fetchone()[0] == 11


def test_the_snapshot_is_read_only(register):
    register("UN")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        snapshots.current().rows.execute("DELETE FROM association")


@pytest.mark.parametrize(
    ("commune", "postcode", "departement"),
    [
        ("75118", "75018", "75"),
        ("97411", "97400", "974"),
        ("2A004", "20000", "2A"),
        ("", "20137", "2A"),
        ("", "20200", "2B"),
        ("", "35000", "35"),
        ("", "", ""),
    ],
)
def test_a_departement_is_that_of_the_commune_or_of_the_postcode(commune, postcode, departement):
    assert departement_of(commune, postcode) == departement
