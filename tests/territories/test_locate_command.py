import io
import json

import pytest
from django.core.management import CommandError, ManagementUtility, call_command

from .squares import feature, old_feature, square


def run(*arguments):
    """The JSON objects printed, and what was said beside."""
    output, errors = io.StringIO(), io.StringIO()
    call_command("locate", *arguments, stdout=output, stderr=errors, no_color=True)
    return [json.loads(line) for line in output.getvalue().splitlines()], errors.getvalue()


def test_one_json_object_a_line_for_each_vintage(import_2015, import_2024):
    import_2015(old_feature(border=square(2.02)))
    import_2024(feature())
    lines, said = run("2.005,43.004")
    assert lines == [
        {
            "vintage": 2024,
            "code": "QN01101I",
            "name": "Ozanam",
            "inside": True,
            "distance_m": pytest.approx(407.7, abs=0.2),
            "indicative": False,
        },
        {
            "vintage": 2015,
            "code": "QP011001",
            "name": "Ozanam",
            "inside": False,
            "distance_m": pytest.approx(1_223.1, abs=0.5),
            "indicative": False,
        },
    ]
    assert said == ""
    assert [line["vintage"] for line in run("2.005,43.004", "--vintage", "2015")[0]] == [2015]


@pytest.mark.parametrize("arguments", [["-61.5,16.2"], ["--vintage", "2024", "-61.5,16.2"], ["-61.5,", "16.2"]])
def test_a_negative_longitude_is_not_an_option(import_2024, arguments):
    import_2024(feature(border=square(-61.505, 16.195)))
    lines, _said = run(*arguments)
    assert [(line["code"], line["inside"]) for line in lines] == [("QN01101I", True)]


def test_a_negative_longitude_works_from_the_shell(import_2024, capsys):
    import_2024(feature(border=square(-61.505, 16.195)))
    ManagementUtility(["manage.py", "locate", "-61.5,16.2"]).execute()
    assert json.loads(capsys.readouterr().out)["inside"] is True


def test_an_address_says_how_precise_the_answer_is(import_2024, three_communes):
    import_2024(feature(border=square(2.345, 43.208)))
    (line,), said = run("3", "rue des Lilas", "11000 Carcassonne")
    assert (line["inside"], line["precision"], line["indicative"]) == (True, "commune", True)
    assert line["place"] == "Carcassonne (11069)"
    assert "pas activée" in said


def test_swapped_coordinates_are_guessed(import_2024):
    import_2024(feature())
    (line,), said = run("43.004,2.005")
    assert not line["inside"]
    assert "la longitude vient avant la latitude" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Donnez une adresse"),
        ([" "], "Donnez une adresse"),
        (["200,95"], "degrés"),
        (["652000,6862000"], "degrés"),
        (["Tombouctou"], "Ni adresse ni commune"),
        (["2.0,43.0", "--vintage", "2030"], "il y a : 2024"),
    ],
)
def test_bad_input_is_explained(import_2024, arguments, message):
    import_2024(feature())
    with pytest.raises(CommandError, match=message):
        run(*arguments)


def test_without_any_border_the_command_says_what_to_do(db):
    with pytest.raises(CommandError, match="import_territories"):
        run("2.0,43.0")
