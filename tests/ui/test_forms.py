"""How a form is shown: what a keyboard, a screen reader and a telephone need from it."""

import datetime
import re

from django import forms

from maillage.ui.forms import ChoiceCards
from tests.harness.client import html_faults


class Registration(forms.Form):
    name = forms.CharField(label="Nom", help_text="Celui de l’association.")
    email = forms.EmailField(label="Adresse", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    day = forms.DateField(label="Jour", required=False)
    role = forms.ChoiceField(label="Rôle", choices=[("a", "Anime"), ("b", "Suit")], widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label="Thèmes", choices=[("s", "Sport")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="D’accord")
    token = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.cleaned_data.get("name") == "Personne":
            raise forms.ValidationError("Ce nom n’est pas possible.")


def tag(html, name, **attributes):
    """The first tag ``name`` of the page with these attributes, as text."""
    wanted = [f'{key}="{value}"' for key, value in attributes.items()]
    return next(found for found in re.findall(rf"<{name}\b[^>]*>", html) if all(want in found for want in wanted))


def test_a_label_a_hint_and_a_control_are_tied():
    html = str(Registration())
    assert '<label for="id_name">Nom</label>' in html
    assert 'id="id_name_helptext">Celui de l’association.' in html
    assert 'aria-describedby="id_name_helptext"' in tag(html, "input", id="id_name")
    assert 'autocomplete="email"' in tag(html, "input", id="id_email")
    assert html_faults(html) == []


def test_a_required_field_says_so_in_words_and_another_does_not():
    html = str(Registration())
    assert html.count("(obligatoire)") == 4
    assert "(obligatoire)" not in html.split('for="id_day"')[1].split("<input")[0]


def test_an_untouched_form_has_no_error():
    html = str(Registration())
    assert "error-summary" not in html
    assert "aria-invalid" not in html


def test_a_refused_form_lists_each_error_with_a_link_to_its_control():
    html = str(Registration({"email": "pas une adresse", "token": "x"}))
    summary = html.split('class="error-summary"')[1].split("</div>")[0]
    assert 'role="alert" tabindex="-1" data-maillage-focus' in summary
    assert "Il reste 5 points à corriger" in summary
    assert re.findall(r'href="#([^"]*)"', summary) == ["id_name", "id_email", "id_role_0", "id_agreed"]
    for target in ("id_name", "id_email", "id_role_0", "id_agreed"):
        assert tag(html, "input", id=target)
    assert len(re.findall(r"<li>", summary)) == 5, "the hidden field too"


def test_a_wrong_field_says_what_is_wrong_and_keeps_what_was_typed():
    html = str(Registration({"email": "pas une adresse"}))
    control = tag(html, "input", id="id_email")
    assert 'value="pas une adresse"' in control
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_email_error"' in control
    assert html.count('id="id_email_error"') == 1


def test_an_error_of_the_whole_form_is_said_above_it():
    html = str(Registration({"name": "Personne", "email": "a@exemple.org", "role": "a", "agreed": "on"}))
    assert "Il reste un point à corriger" in html
    assert "<li>Ce nom n’est pas possible.</li>" in html


def test_choices_are_a_group_with_its_question():
    html = str(Registration({}))
    group = html.split("<fieldset")[1].split("</fieldset>")[0]
    assert re.search(r"<legend>\s*Rôle", group)
    assert group.startswith(' class="field field--error" aria-describedby="id_role_error"')
    assert '<label class="option" for="id_role_0">' in group


def test_a_group_without_choices_is_not_shown():
    class Empty(forms.Form):
        places = forms.MultipleChoiceField(choices=[], widget=forms.CheckboxSelectMultiple, required=False)

    assert "<fieldset" not in str(Empty())


def test_a_date_uses_the_calendar_of_the_browser_whatever_the_language():
    control = tag(str(Registration(initial={"day": datetime.date(2026, 11, 4)})), "input", id="id_day")
    assert 'type="date"' in control
    assert 'value="2026-11-04"' in control


def test_a_moment_and_an_hour_do_so_too():
    class Meeting(forms.Form):
        hour = forms.TimeField(initial=datetime.time(18, 30))
        at = forms.DateTimeField(initial=datetime.datetime(2026, 11, 4, 18, 30))

    html = str(Meeting())
    assert 'value="18:30"' in tag(html, "input", type="time")
    assert 'value="2026-11-04T18:30"' in tag(html, "input", type="datetime-local")
    bound = Meeting({"hour": "18:30", "at": "2026-11-04T18:30"})
    assert bound.is_valid(), bound.errors


def test_choice_cards_explain_each_choice():
    class Kind(forms.Form):
        kind = forms.ChoiceField(
            choices=[("a", "Association"), ("c", "Collectif")], widget=ChoiceCards(hints={"c": "Pas déclaré."})
        )

    html = str(Kind())
    assert "options--cards" in html
    assert 'id="id_kind_1_hint">Pas déclaré.' in html
    assert 'aria-describedby="id_kind_1_hint"' in tag(html, "input", id="id_kind_1")
    assert "aria-describedby" not in tag(html, "input", id="id_kind_0")


def test_what_people_write_is_escaped():
    class Hinted(forms.Form):
        name = forms.CharField(label="<b>Nom</b>", help_text="<script>", initial="<i>")

    html = str(Hinted())
    assert "<b>" not in html
    assert "<script>" not in html
    assert "<i>" not in html


def test_a_file_lost_by_an_error_is_said():
    class Letter(forms.Form):
        title = forms.CharField()
        scan = forms.FileField(required=False)

    assert "à choisir de nouveau" in str(Letter({}))
    assert "à choisir de nouveau" not in str(Registration({}))
