"""Which known organisation an addressee is, however the minutes write it: "the CCGs", "Clinical Commissioning Group (CCG)"."""

import re
from collections import defaultdict

from recommendations.models import Organisation

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ARTICLE = re.compile(r"^(?:the|all|our)\s")


def plain(name: str) -> str:
    """A name without what differs from one minute to the next: case, spaces, the article, the apostrophe's form."""
    return " ".join(name.replace("’", "'").casefold().split()).removeprefix("the ")


def loose(name: str) -> str:
    """The same without plural endings, commas and the ways to write "and": close enough where one organisation alone fits."""
    words = re.findall(r"[^\W_]+", _ARTICLE.sub("", plain(name)).replace("'s", "").replace("&", " and "))
    return " ".join(word if word.endswith("ss") or len(word) < 4 else word.removesuffix("s") for word in words)


def ways_to_write(name: str) -> list[str]:
    """The whole, then without what stands in brackets, then that alone: usually an abbreviation."""
    outside = " ".join(_IN_BRACKETS.sub(" ", name).split())
    return list(dict.fromkeys(filter(None, [name, outside, *map(str.strip, _IN_BRACKETS.findall(name))])))


class KnownOrganisations:
    """Every organisation under each name that minutes use for it. One query."""

    def __init__(self) -> None:
        self.by_name: dict[str, Organisation] = {}
        self.by_loose_name: dict[str, set[Organisation]] = defaultdict(set)
        for organisation in Organisation.objects.select_related("regime"):
            for name in organisation.names:
                self.by_name[plain(name)] = organisation
                for way in ways_to_write(name):
                    self.by_loose_name[loose(way)].add(organisation)

    def find(self, addressee: str) -> Organisation | None:
        """The one organisation meant; None where there is none, or where it might be either of two."""
        if exact := self.by_name.get(plain(addressee)):
            return exact
        found: set[Organisation] = set()
        for way in ways_to_write(addressee):
            found |= self.by_loose_name.get(loose(way), set())
        return found.pop() if len(found) == 1 else None
