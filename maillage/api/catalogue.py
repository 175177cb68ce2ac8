"""Every resource, in the order in which people read about them, and what changed in the contract."""

import datetime

from django.utils.translation import gettext_noop as _

from . import adaptations, organisations, register, signatures, territories, texts

RESOURCES = (
    territories.RESOURCE,
    organisations.RESOURCE,
    texts.VERSIONS,
    texts.ARTICLES,
    adaptations.RESOURCE,
    signatures.RESOURCE,
    register.RESOURCE,
)
CHANGES = ((datetime.date(2026, 11, 23), _("Première version.")),)
"""The newest first. A field may be added; before one is removed or renamed under /api/v1/, its date is told here."""
