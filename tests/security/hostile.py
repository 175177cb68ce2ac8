"""Words that people could type to harm those who read them, in every field where people type."""

from django.apps import apps
from django.db import models

SCRIPT = '"><img src=x onerror=window.caught=1>'
"""Short enough for most fields; a browser that reads it as code asks for an image and runs the handler."""
APPS = (
    "accounts",
    "charters",
    "cooperations",
    "drafting",
    "editorial",
    "groups",
    "organisations",
    "resources",
    "territories",
)
NOT_TYPED = {
    # Made by the program, or a choice among a few: nobody types them.
    *(
        "fingerprint",
        "themes",
        "forms",
        "slug",
        "uuid",
        "token",
        "key",
        "article_key",
        "sha256",
        "code",
        "language",
        "password",
        "hash",
        "body",
    ),
    *(
        "token_sha256",
        "code_sha256",
        "scan_sha256",
        "scan_kind",
        "signatory_salt",
        "scan",
        "email",
        "contact_email",
        "reply_to",
        "vintage",
    ),
    *("rna", "siren", "siret", "name_key", "search_name", "postcodes", "outline"),
}


def typed_fields():
    """(model, field) of everything that somebody types, long enough to do harm."""
    for model in (model for app in APPS for model in apps.get_app_config(app).get_models()):
        for field in model._meta.local_concrete_fields:
            is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            if is_text and field.name not in NOT_TYPED and (field.max_length or 999) >= len(SCRIPT) + 8:
                yield model, field


def write_everywhere(text=SCRIPT):
    """Every row says it in every field, with its number: names that must differ do. Returns how many fields."""
    written = 0
    for model, field in typed_fields():
        for row in model.objects.all():
            if row.__dict__[field.attname]:
                new = f"{text}{row.pk}"
                model.objects.filter(pk=row.pk).update(**{field.name: new[: field.max_length or 999]})
        written += 1
    return written
