"""Two fields: a body whose blocks stay out of migrations, and several codes of a known list in one column."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import fields


class StreamField(fields.StreamField):
    """A body made of blocks. Its migrations hold no block definition: changing a block makes no migration.

    The price: a data migration reads the raw JSON (`field.raw_data`), never blocks.
    """

    def __init__(self, block_types=(), **kwargs):
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class CodesField(models.CharField):
    """Several codes of ``choices``, kept as `|one|two|`, so that both databases find one by its frame."""

    description = _("Plusieurs codes")

    def __init__(self, *args, codes=(), **kwargs):
        self.codes = codes
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return CodesFormField(
            choices=list(self.codes.choices),
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
        )


class CodesFormField(forms.MultipleChoiceField):
    """Boxes to tick; what the column holds comes in and goes out framed."""

    def prepare_value(self, value):
        return split(value) if isinstance(value, str) else value

    def clean(self, value):
        return framed(super().clean(split(value) if isinstance(value, str) else value))

    def has_changed(self, initial, data):
        return super().has_changed(split(initial) if isinstance(initial, str) else initial, data)


def split(kept):
    """["one", "two"] of `|one|two|`."""
    return [code for code in (kept or "").split("|") if code]


def framed(codes):
    """`|one|two|` of ["one", "two"]; "" of nothing."""
    if any("|" in code for code in codes):
        raise ValidationError(_("Ce choix n’existe pas."))
    return f"|{'|'.join(codes)}|" if codes else ""


def labels(kept, codes):
    """The words of each kept code that is still known."""
    known = dict(codes.choices)
    return [str(known[code]) for code in split(kept) if code in known]
