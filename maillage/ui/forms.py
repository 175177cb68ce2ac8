from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Our own templates for forms and fields."""
