"""One renderer for every form of ours: error summary, hints, errors tied to their fields."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Forms and fields from `ui/forms/*.html`."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
