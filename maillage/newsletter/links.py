"""The link that confirms: it holds what was asked, signed, and nothing is kept before it is used."""

import datetime

from django.core import signing

SALT = "maillage.newsletter.confirm"
LASTS = datetime.timedelta(days=3)


def confirm_link(email, territory_ids, language, *, at):
    said = [email, sorted(territory_ids), language, int(at.timestamp())]
    return signing.dumps(said, salt=SALT, compress=True)


def open_confirm_link(link, *, at):
    """(e-mail, territory numbers, language); None where it is forged or too old."""
    try:
        email, territory_ids, language, asked = signing.loads(link, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return None if at.timestamp() - asked > LASTS.total_seconds() else (email, territory_ids, language)
