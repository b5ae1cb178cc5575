"""What in the content of a draft still wants a clerk's look. `minutes/drafts.py` describes the form of the content."""

from django.utils.translation import gettext as _


def all_findings(content):
    return (finding for item in content.get("items", []) for finding in item["findings"])


def is_live(finding) -> bool:
    """It is shown as a card and, unless unread, becomes a record."""
    return not finding["dropped"] and finding["kind"] != "furniture"


def is_odd(finding) -> bool:
    return bool(finding["flags"]) and not finding["checked"] and is_live(finding)


def unread(content):
    return [finding for finding in all_findings(content) if finding["kind"] == "unread" and is_live(finding)]


def oddities(content):
    return [finding for finding in all_findings(content) if is_odd(finding)]


def unnumbered(content):
    """The items that will need a number of the agenda: those of which something is left."""
    return [
        item for item in content.get("items", []) if not item["number"] and any(is_live(f) for f in item["findings"])
    ]


def doubts_in(content):
    """{what: how many}, of which only what is there; the queue of the clerks shows the sum."""
    found = {
        _("line unread,lines unread"): unread(content),
        "oddity,oddities": oddities(content),
        _("item without a number,items without a number"): unnumbered(content),
    }
    return {nouns: len(things) for nouns, things in found.items() if things}
