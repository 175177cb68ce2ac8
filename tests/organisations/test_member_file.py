"""The file of members that a network keeps, as spreadsheets write it; and the files that are something else."""

import pytest

from maillage.organisations.member_csv import MOST_LINES, MembersRefused, read_members


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Nom,Ville\r\nÉcole,Paris\r\n".encode("cp1252"), ["École"]),
        ("\ufeffnom\trna\nÉcole\tW751000001\n".encode(), ["École"]),
        (b'Association;Commune\n"Deux\nlignes";Paris\n\n;;\nTrois;\n', ["Deux lignes", "Trois"]),
        (b"Code;NOM ;x\n1;=HYPERLINK(1);y\n", ["=HYPERLINK(1)"]),
    ],
)
def test_files_as_spreadsheets_write_them(content, names):
    assert [row.name for row in read_members(content)] == names


def test_a_line_is_counted_as_the_spreadsheet_counts_it():
    rows = read_members(b'Nom;RNA\n"Deux\nlignes";x\nTrois;y\n')
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"Nom;RNA\n", "titres de colonnes"),
        (b"PK\x03\x04\x00\x00", "pas un fichier CSV"),
        (b"%PDF-1.7\n", "pas un fichier CSV"),
        (b"Nom\x00;RNA\nx;y\n", "UTF-8"),
        ("Nom;RNA\nx;y\n".encode("utf-16"), "UTF-8"),
        (b"Prix;Date\n1;2\n", "Aucune colonne"),
        (b'Nom;RNA\n"jamais close;x\n', "CSV"),
        (b"Nom;RNA\n" + b"x;y\n" * (MOST_LINES + 1), "plus de"),
        (b"Nom;RNA\n" + b"x" * 2_000_001, "2 Mo"),
        (b"Nom;RNA\n" + b"x" * 200_000 + b";y\n", "CSV"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole_with_a_sentence(content, said):
    with pytest.raises(MembersRefused, match=said):
        read_members(content)
