"""One renderer for every form: error summary, labels, hints, errors tied to their fields, the browser's own calendar.

`{{ form }}` renders all of it. To lay fields out by hand: the component `error_summary`, then
`{{ form.name.as_field_group }}` for each.
"""

import re

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class DateInput(forms.DateInput):
    """The browser's own calendar: it wants ISO dates, whatever the language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def add_refusal(form, refusal):
    """Puts what an action refused beside the fields it names; above the form where it has no such field."""
    refused = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for name, errors in refused.items():
        form.add_error(name if name in form.fields else None, errors)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to tick, by their numbers. A number that no row can have is refused: the database would fail on it."""

    MOST = 200

    def clean(self, value):
        for number in value or ():
            if not re.fullmatch("[0-9]{1,18}", str(number)):
                self._refuse(number)
        if len(value or ()) > self.MOST:
            self._refuse(value[self.MOST])
        return super().clean(value)

    def _refuse(self, value):
        raise forms.ValidationError(
            self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
        )


NATIVE = {forms.DateInput: DateInput, forms.TimeInput: TimeInput, forms.DateTimeInput: DateTimeInput}
"""Django's plain inputs, and what a form of ours shows in their place."""


class ChoiceCards(forms.RadioSelect):
    """One choice among a few, each explained: ``hints`` maps a value to its sentence."""

    look = "cards"

    def __init__(self, attrs=None, choices=(), *, hints=None):
        super().__init__(attrs, choices)
        self.hints = hints or {}

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["hint"] = self.hints.get(getattr(value, "value", value), "")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class FieldOfOurs(BoundField):
    """A field as `ui/forms/field.html` sees it."""

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        widget = widget or self.field.widget
        if native := NATIVE.get(type(widget)):
            widget = native(widget.attrs)
        if type(widget) is forms.Select:
            widget.template_name = "ui/forms/select.html"
        return super().as_widget(widget, attrs, only_initial)

    @property
    def shape(self):
        """The markup that fits: "choices" (radios, boxes), "check" (one box), "plain"."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "choices"
        return "check" if isinstance(widget, forms.CheckboxInput) else "plain"

    @property
    def look(self):
        """Of a group of choices: "cards", "many" (more than seven) or "list"."""
        return getattr(self.field.widget, "look", "many" if len(self.subwidgets) > 7 else "list")

    @property
    def first_control_id(self):
        """The id of the control that an error leads to: of a group of choices, the first."""
        return f"{self.auto_id}_0" if self.shape == "choices" else self.id_for_label or self.auto_id


class FormRenderer(TemplatesSetting):
    """Forms and fields from `ui/forms/*.html`; the controls themselves are Django's, and so are Wagtail's forms."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = FieldOfOurs
