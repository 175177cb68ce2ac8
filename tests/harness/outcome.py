"""What an action leaves behind: sound data, events in the register, e-mails."""

import io

from django.core.management import CommandError, call_command

from maillage.charters.models import RegisterEntry
from maillage.messaging.models import Message


def data_is_sound():
    """True where `check_data` finds nothing: every row, the whole register, the signatures that it tells."""
    said = io.StringIO()
    try:
        call_command("check_data", stdout=said)
    except CommandError:
        print(said.getvalue())
        return False
    return True


def events():
    """The events of the register, oldest first."""
    return list(RegisterEntry.objects.order_by("sequence").values_list("event", flat=True))


def told(kind):
    """Who was sent an e-mail of this kind: first names of their addresses, in order."""
    return sorted(m.recipient.split("@")[0] for m in Message.objects.filter(kind=kind))
