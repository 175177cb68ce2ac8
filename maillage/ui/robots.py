"""Robots, without a riddle for people: a field that nobody meets, and a form filled in faster than anybody could.

A form gets both from `ForPeople`; `maillage.ui.middleware.PublicForms` looks at them, on the addresses of
`FORMS_WITH_A_TRAP`, before any view. Whoever is caught by mistake presses one button, and nothing typed is lost.
"""

from django import forms
from django.conf import settings
from django.core import signing
from django.utils import timezone

TRAP = "site_internet"
OPENED = "ouverture"
SALT = "maillage.ui.robots"


def opened_now():
    """When the form was shown, signed."""
    return signing.dumps(int(timezone.now().timestamp()), salt=SALT)


def is_caught(posted):
    """Whether what came was typed by a robot, as far as one can tell."""
    if posted.get(TRAP):
        return True
    if not settings.SECONDS_ON_A_FORM:
        return False
    try:
        opened = signing.loads(posted.get(OPENED, ""), salt=SALT)
    except signing.BadSignature:
        return True
    return timezone.now().timestamp() - opened < settings.SECONDS_ON_A_FORM


class TrapInput(forms.TextInput):
    """Not shown, not read aloud, not reached by the keyboard; a robot fills it in."""

    template_name = "ui/forms/trap.html"
    is_hidden = True


class ForPeople(forms.BaseForm):
    """Put first among the bases of a public form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[TRAP] = forms.CharField(required=False, widget=TrapInput)
        self.fields[OPENED] = forms.CharField(required=False, widget=forms.HiddenInput, initial=opened_now)

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name in (TRAP, OPENED):
            cleaned.pop(name, None)
        return cleaned
