import datetime

import pytest
from django.utils import timezone


@pytest.fixture
def tuesday(clock):
    """A Tuesday at eight in the morning, local time; the clock stands there."""
    moment = timezone.localtime(clock.moment)
    ahead = (1 - moment.weekday()) % 7 or 7
    day = moment.date() + datetime.timedelta(days=ahead)
    return clock.set(timezone.make_aware(datetime.datetime.combine(day, datetime.time(8))))
