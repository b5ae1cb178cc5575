"""Two clerks corrected the same draft: what one typed, put onto what the other saved meanwhile."""

import copy
import datetime
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from recommendations.minutes import drafts
from recommendations.minutes.acquaintances import SOMEBODY_ELSE
from recommendations.models import Person, Recommendation, Repeats, User
from recommendations.words import day

# What a field is called in a sentence, where its name is not the word.
WORDS = {
    "text": "words",
    "ask": "kind",
    "due_on": "date",
    "repeats": "series",
    "exempt_paragraph": _("exempt paragraph"),
    "dropped": _("reason for leaving it out"),
}
# They follow the words, of which there is a sentence already.
DERIVED = ("time_phrases", "flags", "line", "last_line")


def reconcile(base, theirs, mine):
    """`theirs` with every change made from `base` to `mine`, and a sentence for each change that met another.

    Nothing typed is lost: where both changed the same thing mine stands and the sentence tells theirs; what I changed
    in something that is gone is told in full.
    """
    both = copy.deepcopy(theirs)
    before, now = by_id(base), by_id(both)
    told = []
    for place, item in enumerate(mine["items"]):
        for edited in item["findings"]:
            if edited["id"] in before:
                told += _take(before[edited["id"]], now.get(edited["id"]), edited, now)
            else:
                drafts.insert(both, min(place, len(both["items"]) - 1), edited)
    if len(both["items"]) == len(mine["items"]):
        for was, item, edited in zip(base["items"], both["items"], mine["items"], strict=True):
            told += _take(_heading_of(was), item, _heading_of(edited), now)
    return both, told


def _heading_of(item):
    return {name: value for name, value in item.items() if name != "findings"}


def _take(before, now, edited, findings):
    """Put what was edited since `before` into `now`; yields a sentence for what that pushes aside."""
    changed = [name for name in edited if edited[name] != before.get(name)]
    if changed and now is None:
        yield _("What you changed has been merged meanwhile. You had: “%(text)s”.") % {"text": edited["text"]}
        return
    for name in changed:
        other, now[name] = now.get(name), edited[name]
        if name not in DERIVED and other not in (before.get(name), edited[name]):
            what = drafts.name_of(now) if "kind" in now else _("The item")
            value = _in_words(name, other, findings)
            yield _("%(what)s: somebody else had made the %(what_it_is)s “%(value)s”.") % {
                "what": what,
                "what_it_is": WORDS.get(name, name),
                "value": value,
            }


def _in_words(name, value, findings):
    """What a field held, as the page shows it. `findings`: all of the draft by id, some of which name others."""
    if name == "person":
        return _who(value, findings)
    if value in (None, "", []):
        return "empty"
    shown: dict[str, Callable[[Any], Any]] = {
        "kind": drafts.KINDS.get,
        "ask": lambda ask: Recommendation.Kind(ask).label,
        "owner": lambda pk: User.objects.get(pk=pk),
        "due_on": lambda text: day(datetime.date.fromisoformat(text)),
        "repeats": lambda months: Repeats(months).label,
        "addressees": ", ".join,
        "evidence": lambda pks: "; ".join(drafts.name_of(findings[pk]) for pk in pks if pk in findings),
    }
    return shown.get(name, str)(value)


def _who(said, findings):
    """Whom a clerk took a witness for, by name."""
    here = {drafts.here(pk): finding["name"] for pk, finding in findings.items()}
    if said in here:
        return here[said]
    if said == SOMEBODY_ELSE:
        return _("somebody else")
    return Person.objects.get(pk=said) if isinstance(said, int) else _("nobody in particular")


def by_id(content):
    return {finding["id"]: finding for finding in drafts.all_findings(content)}
