import pytest

from maillage.territories.models import Territory

from .squares import feature, old_feature, square


def links():
    return sorted(Territory.predecessors.through.objects.values_list("from_territory__code", "to_territory__code"))


@pytest.fixture(params=["2015 first", "2024 first"])
def import_both(request, import_2015, import_2024):
    """Imports both vintages, in either order; returns the notes of the second."""

    def run(olds, news):
        if request.param == "2015 first":
            import_2015(*olds)
            return import_2024(*news).notes
        import_2024(*news)
        return import_2015(*olds).notes

    return run


def test_a_code_that_keeps_its_number_replaces_the_one_of_2015(import_both):
    import_both([old_feature()], [feature()])
    assert links() == [("QN01101I", "QP011001")]
    assert list(Territory.objects.get(code="QP011001").successors.values_list("code", flat=True)) == ["QN01101I"]


def test_a_modified_border_still_replaces_the_one_of_2015(import_both):
    import_both([old_feature(border=square(side=0.01))], [feature("QN01101M", border=square(2.007, side=0.02))])
    assert links() == [("QN01101M", "QP011001")]


def test_the_same_number_and_name_are_enough(import_both):
    import_both([old_feature()], [feature(border=square(2.5))])
    assert links() == [("QN01101I", "QP011001")]


def test_a_number_that_means_another_place_is_not_believed(import_both):
    """As in Toulouse, Montpellier and the Rhône in the official files."""
    notes = import_both(
        [old_feature("QP031011", "Les Izards", square(1.4)), old_feature("QP031010", "Empalot", square(1.5))],
        [feature("QN03111I", "Cépière", square(1.6)), feature("QN03110M", "Izards", square(1.4))],
    )
    assert links() == [("QN03110M", "QP031011")]
    assert "QN03111I (QP031011)" in " ".join(notes)


def test_a_merged_neighbourhood_replaces_several(import_both):
    import_both(
        [old_feature("QP011001"), old_feature("QP011002", "Viguier", square(2.01))],
        [feature("QN01101M", border=square(side=0.02))],
    )
    assert links() == [("QN01101M", "QP011001"), ("QN01101M", "QP011002")]


def test_a_new_neighbourhood_replaces_none(import_both):
    import_both([old_feature("QP011001")], [feature("QN01101N")])
    assert links() == []


def test_a_whole_commune_replaces_what_it_holds(import_both):
    import_both(
        [old_feature("QP976001", "Kavani", square(45.2, -12.8), "Mamoudzou")],
        [feature("QN97661C", "Mamoudzou", square(45.19, -12.81, 0.1), insee_dep="976", lib_dep="Mayotte")],
    )
    assert links() == [("QN97661C", "QP976001")]


def test_neighbours_that_share_a_border_are_not_linked(import_both):
    import_both([old_feature("QP011002", "Viguier", square(2.01))], [feature("QN01101M")])
    assert links() == []


def test_a_link_that_no_longer_holds_is_removed(import_2015, import_2024):
    import_2015(old_feature(name="Ozanam"))
    import_2024(feature())
    import_2024(feature(name="Ailleurs", border=square(2.5)))
    assert links() == []
