"""How often something may be tried: within a window, apart for each who tries, and whom that is behind a proxy."""

import datetime

import pytest

from recommendations import clock
from recommendations.limits import Limit, TooOften, address_of

NOON = datetime.datetime(2026, 11, 18, 12, tzinfo=datetime.UTC)
THREE_A_MINUTE = Limit("tests", 3, 60)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.set_to(NOON):
        yield


def tried(times, who="203.0.113.9", limit=THREE_A_MINUTE):
    """How many of so many attempts were let through."""
    for number in range(times):
        try:
            limit.must_allow(who)
        except TooOften:
            return number
        limit.count(who)
    return times


def test_so_many_are_let_through_and_no_more():
    assert tried(5) == 3


def test_everybody_is_counted_apart():
    tried(3)
    assert tried(5, who="203.0.113.10") == 3


def test_two_limits_count_apart():
    tried(3)
    assert tried(1, limit=Limit("others", 1, 60)) == 1


def test_the_next_window_begins_at_nought():
    tried(3)
    with clock.set_to(NOON + datetime.timedelta(seconds=61)):
        assert tried(5) == 3


@pytest.mark.parametrize(
    ("after", "seconds", "words"), [(0, 600, "Wait 10 minutes,"), (541, 59, "Wait a minute,"), (300, 300, "5 minutes")]
)
def test_a_refusal_says_how_long_to_wait(after, seconds, words):
    limit = Limit("tests", 0, 600)
    with clock.set_to(NOON + datetime.timedelta(seconds=after, milliseconds=1)):
        with pytest.raises(TooOften, match=words) as refusal:
            limit.must_allow("203.0.113.9")
        assert abs(refusal.value.seconds - seconds) <= 1


@pytest.fixture
def begin_process(settings, tmp_path):
    """As in production: each process has a cache of its own, and all of them the same folder."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"

    def begin():
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path}}

    return begin


def test_all_processes_count_together(begin_process):
    begin_process()
    tried(2)
    begin_process()
    assert tried(5) == 1


def test_addresses_are_not_kept(begin_process, tmp_path):
    begin_process()
    tried(2)
    kept = b"".join(str(path).encode() + path.read_bytes() for path in tmp_path.iterdir())
    assert kept
    assert b"203.0.113" not in kept


# Who it is

FORGED = "192.0.2.1, 198.51.100.7"


@pytest.mark.parametrize(
    ("told", "forwarded", "behind_proxy", "address"),
    [
        ("203.0.113.9", None, False, "203.0.113.9"),
        ("203.0.113.9", FORGED, False, "203.0.113.9"),
        ("127.0.0.1", FORGED, True, "198.51.100.7"),
        ("127.0.0.1", None, True, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7:41234", True, "198.51.100.7:41234"),
        ("2001:db8:1:2:3:4:5:6", None, False, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", None, False, "203.0.113.9"),
        ("", None, False, ""),
    ],
    ids=["itself", "forged", "proxy", "silent proxy", "with a port", "IPv6", "IPv4 told as IPv6", "a socket"],
)
def test_who_it_is_says_the_last_one_to_be_trusted(rf, settings, told, forwarded, behind_proxy, address):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(rf.get("/", REMOTE_ADDR=told, **headers)) == address
