"""Which officer a tracker means, however it writes them: "Olu Shah", "Shah, Olu", "O. Shah", "Head of Safeguarding"."""

import re
from collections import defaultdict

from recommendations.models import User

from .words import plain

_TITLES = frozenset("mr mrs ms miss dr prof sir".split())
_COUNCILLOR = re.compile(r"^(?:cllr|councillor)\b", re.IGNORECASE)


class KnownOwners:
    """Every officer who can own something, under each way to write them. One query."""

    def __init__(self) -> None:
        self.people = {user.pk: user for user in User.objects.possible_owners().distinct()}
        self.by_name: dict[str, set[User]] = defaultdict(set)
        self.by_short_name: dict[str, set[User]] = defaultdict(set)
        for user in self.people.values():
            *first, last = plain(user.full_name).split() or [""]
            self.by_name[" ".join([*first, last])].add(user)
            self.by_name[" ".join([last, *first])].add(user)
            for short in {" ".join([*(name[0] for name in first), last]), f"{first[0][0]} {last}" if first else ""} - {
                ""
            }:
                self.by_short_name[short].add(user)
            self.by_short_name[plain(user.job_title)].add(user)

    def find(self, words: str) -> tuple[User | None, bool]:
        """(the one officer meant or None, whether the name is written in full)."""
        parts = [words, *re.split(r"[/;,&\n(]|\band\b|\s[-–—]\s", words)]
        names = [_without_title(part) for part in parts if not _COUNCILLOR.match(part.strip())]
        for known, is_sure in ((self.by_name, True), (self.by_short_name, False)):
            for name in filter(None, names):
                if len(found := known.get(name, set())) == 1:
                    return next(iter(found)), is_sure
        return None, False


def _without_title(name: str) -> str:
    return " ".join(word for word in plain(name).split() if word not in _TITLES)
