import csv
import time

import pytest

from maillage.national_register import search
from maillage.national_register.analysis import fold, words
from maillage.national_register.search import Narrowing
from tests.factories.register import csv_of

ROWS = [
    {"id": "W751000001", "titre": "LES JARDINS PARTAGÉS DE L'ÉTÉ (JPE)", "siret": "99900000100015"},
    {"id": "W931000002", "titre": "COMITE DES FETES", "adrs_codeinsee": "93066", "adrs_libcommune": "Saint-Denis"},
    {"id": "W933000003", "titre": "ŒUVRE DES CŒURS", "adrs_codeinsee": "93066", "adrs_libcommune": "SAINT DENIS"},
    {"id": "W2B1000004", "titre": "MINI-GOLF DE CORSE", "adrs_codeinsee": "2B033", "objet_social1": "11075"},
    {"id": "W131000005", "titre": "A.S.P.T.T. MARSEILLE", "adrs_codeinsee": "13201", "objet_social2": "011005"},
    {"id": "W131000006", "titre": "JARDINIERS DE LA PLAINE", "adrs_codeinsee": "13205", "position": "D"},
    {"id": "W131000007", "titre": "LA", "adrs_codeinsee": "", "adrs_codepostal": "20200"},
]


@pytest.fixture
def known(import_file):
    import_file(csv_of(ROWS))


def first(text, **options):
    found = search.find(text, **options)
    return found[0].rna if found else None


@pytest.mark.parametrize(
    ("typed", "rna"),
    [
        ("jardins partages", "W751000001"),
        ("JARDIN PARTAGÉ", "W751000001"),
        ("l’été", "W751000001"),
        ("jpe", "W751000001"),
        ("jardins part", "W751000001"),
        ("jrdins partages", "W751000001"),
        ("jardins partaegs", "W751000001"),
        ("comite fetes saint-denis", "W931000002"),
        ("comité des fêtes st denis", "W931000002"),
        ("fete saint denis", "W931000002"),
        ("oeuvre des coeurs", "W933000003"),
        ("œuvre cœur", "W933000003"),
        ("minigolf", "W2B1000004"),
        ("mini golf", "W2B1000004"),
        ("asptt", "W131000005"),
        ("A.S.P.T.T", "W131000005"),
        ("jardiniers plaine du sud", "W131000006"),
        ("la", "W131000007"),
        ("w751000001", "W751000001"),
        ("W 75 100 0001", "W751000001"),
        ("999 000 001 00015", "W751000001"),
        ("999000001", "W751000001"),
        ("W759999999", None),
        ("zzzzzz", None),
    ],
)
def test_it_is_found_as_people_type_it(known, typed, rna):
    assert first(typed) == rna


def test_an_exact_number_is_alone(known):
    (found,) = search.find("W131000006")
    assert (found.score, found.is_dissolved, found.object_label) == (1.0, True, "Environnement, cadre de vie")


@pytest.mark.parametrize(
    ("narrowing", "numbers"),
    [
        (Narrowing(commune="13205"), {"W131000006"}),
        (Narrowing(commune="13055"), {"W131000006"}),
        (Narrowing(departement="75"), {"W751000001"}),
        (Narrowing(position="A"), {"W751000001"}),
        (Narrowing(position="D", departement="13"), {"W131000006"}),
        (Narrowing(family="024"), {"W751000001", "W131000006"}),
        (Narrowing(family="011"), set()),
    ],
)
def test_a_search_is_narrowed(known, narrowing, numbers):
    assert {found.rna for found in search.find("jardin", narrowing=narrowing)} == numbers


def test_the_nearest_comes_first_and_stands_before_the_dissolved(import_file):
    import_file(
        csv_of(
            [
                {"id": "W751000001", "titre": "AMIS DU JARDIN DES PLANTES ET DES FLEURS"},
                {"id": "W751000002", "titre": "AMIS DU JARDIN", "position": "D"},
                {"id": "W751000003", "titre": "LES AMIS DU JARDIN"},
            ]
        )
    )
    found = search.find("amis jardin")
    assert [one.rna for one in found] == ["W751000003", "W751000002", "W751000001"]
    assert found[0].score == 1 > found[2].score


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "🙂",
        "jardin " * 2000,
        "x" * 10_000,
        "é" * 10_000,
        "a-" * 5000,
        'jardin AND (OR "',
        "words:* OR filters:pA",
        "jardin^5 ~2 [a TO z] {x}",
        "' ; DROP TABLE association --",
        "\\ / * ? + - ! && || \0 \n \ud800",
        "^(a+)+$" * 50,
        "W751000001'",
    ],
)
def test_nothing_typed_makes_it_fail(known, typed):
    started = time.monotonic()
    assert len(search.find(typed)) <= 10
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("name", ["rna_waldec_sample_300.csv", "rna_waldec_synth_5000.csv"])
def test_every_title_of_the_sample_is_found_again_without_accents(official_data, import_file, name):
    path = official_data / "rna" / name
    if not path.exists():
        pytest.skip(f"no {name} here")
    report = import_file(path.read_bytes(), name)
    assert report.rejections == 0
    with path.open(encoding="utf-8", newline="") as file:
        titles = [(row["id"], row["titre"], row["adrs_libcommune"]) for row in csv.DictReader(file, delimiter=";")]
    assert report.kept == len(titles)
    missed = [
        (rna, title)
        for rna, title, commune in titles[:600]
        if rna not in {found.rna for found in search.find(f"{fold(title)} {fold(commune)}", limit=20)}
    ]
    # Some titles of the invented sample stand in one commune more often than a search shows.
    assert len(missed) < (12 if "synth" in name else 1), missed
    if "synth" in name:
        return
    alone = [title for rna, title, _commune in titles if not is_among_the_first(rna, title)]
    assert alone == []


def is_among_the_first(rna, title):
    """Found by its title alone, or after others that have exactly that title."""
    found = search.find(fold(title), limit=20)
    return rna in {one.rna for one in found} or all(words(one.name) == words(title) for one in found)
