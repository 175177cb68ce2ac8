import pytest

from maillage.territories.models import Territory

from .squares import feature, square


@pytest.fixture
def places(three_communes, import_2024):
    """Three communes, and three neighbourhoods of which one is in Paris."""
    import_2024(
        feature("QN01101I", "Œuvres - Saint-Éloi"),
        feature("QN01102M", "Le Viguier", square(2.1)),
        feature(
            "QN07511M",
            "Goutte d'Or",
            square(2.35, 48.88),
            insee_dep="75",
            lib_dep="Paris",
            insee_reg="11",
            lib_reg="Île-de-France",
            insee_com="75056",
            lib_com="Paris",
        ),
    )


def found(text):
    return [place.name for place in Territory.objects.matching(text)]


@pytest.mark.parametrize(
    "text", ["goutte d'or", "GOUTTE D’OR", "goutte", "or goutte", "QN07511M", "qn07511m", "qn075"]
)
def test_a_neighbourhood_is_found_by_its_name_or_code(places, text):
    assert found(text) == ["Goutte d'Or"]


@pytest.mark.parametrize("text", ["oeuvres", "Œuvres", "saint eloi", "éloi", "SAINT-ÉLOI"])
def test_accents_and_ligatures_do_not_matter(places, text):
    assert found(text) == ["Œuvres - Saint-Éloi"]


def test_a_word_is_found_by_its_start_only(places):
    assert found("iguier") == []


def test_a_commune_is_found_by_postcode_or_code_with_its_neighbourhoods(places):
    assert found("11090") == ["Carcassonne", "Le Viguier", "Œuvres - Saint-Éloi"]
    assert found("11069")[0] == "Carcassonne"
    assert found("75018")[:2] == ["Paris", "Paris 18e Arrondissement"]


def test_exact_names_come_first_then_communes_and_neighbourhoods(places):
    names = found("paris")
    kinds = [place.kind for place in Territory.objects.matching("paris")]
    assert names[:3] == ["Paris", "Paris", "Paris 18e Arrondissement"]
    assert kinds[:2] == ["commune", "departement"]
    assert "Goutte d'Or" in names


def test_a_neighbourhood_is_found_with_its_commune(places):
    assert found("viguier carcassonne") == ["Le Viguier"]
    assert found("viguier paris") == []


@pytest.mark.parametrize("text", ["", "  ", "?!", "%", "_"])
def test_a_text_without_a_word_finds_nothing(places, text):
    assert found(text) == []


def test_a_long_text_is_cut_and_makes_one_query(places, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert found("carcassonne " * 500) == ["Carcassonne", "Le Viguier", "Œuvres - Saint-Éloi"]


def test_a_search_can_be_narrowed(places):
    assert [place.name for place in Territory.objects.communes().matching("11090")] == ["Carcassonne"]
