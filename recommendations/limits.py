"""How often something may be done from one place: counted in the cache, in windows of fixed length."""

import hashlib
import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations import clock


class TooOften(Exception):
    """It was done too often; the text is the sentence that the person reads."""

    def __init__(self, seconds):
        super().__init__(_("That was tried too often. Wait %(time)s, then try again.") % {"time": in_words(seconds)})
        self.seconds = seconds


def in_words(seconds):
    minutes = -(-seconds // 60)
    return ngettext("a minute", "%(n)d minutes", minutes) % {"n": minutes}


@dataclass(frozen=True)
class Limit:
    """At most so many in every window of so many seconds, for each of `who`."""

    name: str
    most: int
    seconds: int

    def must_allow(self, who):
        if cache.get(self._key(who), 0) >= self.most:
            raise TooOften(self.seconds - int(clock.now().timestamp()) % self.seconds)

    def count(self, who):
        """One more. Two at the same moment may count as one: a limit need not be exact."""
        key = self._key(who)
        if not cache.add(key, 1, timeout=self.seconds):
            cache.set(key, cache.get(key, 0) + 1, timeout=self.seconds)

    def _key(self, who):
        """A digest: the cache need not know who comes from where."""
        window = int(clock.now().timestamp()) // self.seconds
        return hashlib.sha256(f"{self.name} {who} {window}".encode()).hexdigest()


# Nobody guesses a key of 256 bits; but nobody need try a million of them either.
WRONG_KEYS = Limit("wrong keys", 20, 60)
SUBMISSIONS = Limit("submissions", 30, 60 * 60)
# Letters with which a password is chosen: asked for from one place, and to one address.
ASKED_LETTERS = Limit("asked letters", 10, 60 * 60)
LETTERS_TO_ONE = Limit("letters to one", 3, 60 * 60)
# Attempts beyond the limit, for one account from one place, are on record as one.
LOCK_OUTS = Limit("lock-outs on record", 1, 5 * 60)
REFUSALS = Limit("refusals on record", 20, 5 * 60)
# How often somebody signed in may be wrong about the password they have, when they choose another.
OLD_PASSWORDS = Limit("old passwords", 10, 5 * 60)


def address_of(request):
    """Whom to count: the client's address, of IPv6 the network, since one household has as many as it likes.

    Behind a proxy only the last hop is the proxy's own word; what stands before it the client may have made up.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    # A server that listens on IPv6 tells IPv4 addresses so; they are no network of one household.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def network_of(told):
    """The network around an address: of IPv4 256 neighbours, of IPv6 a site; "" for what is no address."""
    try:
        address = ipaddress.ip_network(told, strict=False).network_address
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
