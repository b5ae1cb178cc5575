"""What time it is: the only place that asks, so that a demonstration or a test can live through months."""

import datetime
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_ahead = ContextVar("ahead", default=datetime.timedelta(0))


def now():
    return timezone.now() + _ahead.get()


def today():
    """The council's day: Europe/London, whatever the server's clock says."""
    return timezone.localdate(now())


def end_of(day):
    """The last moment of `day` in London."""
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(midnight) - datetime.timedelta(microseconds=1)


@contextmanager
def set_to(moment):
    """Within this block the clock shows `moment` and runs on from there; nothing in the web interface can do this."""
    token = _ahead.set(moment - timezone.now())
    try:
        yield
    finally:
        _ahead.reset(token)


@contextmanager
def set_to_day(day, hour=10):
    with set_to(timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))):
        yield
