"""What still stands in the way of adopting a draft, and what a clerk had better look at first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from recommendations.minutes import drafts
from recommendations.minutes.acquaintances import Acquaintances
from recommendations.models import AgendaItem, MinutesDraft, User

# Guidance on effective scrutiny: few recommendations, each followed up.
MANY = 8


@dataclass(frozen=True)
class Remark:
    """A sentence for the clerk, and what of the draft it is about: an item by its place, a finding by its id."""

    sentence: str
    item: int | None = None
    finding: int | None = None
    is_about_asking: bool = False


def problems(draft: MinutesDraft) -> list[Remark]:
    """What must be put right first: only what the records cannot be without."""
    items = drafts.adoptable(draft.content)
    if not items:
        return [Remark(_("Nothing is left to adopt. Put something back on the review page, or discard the draft."))]
    found = [] if draft.held_on else [Remark(_("Give the date of the meeting."))]
    found += [problem for place, item in items for problem in _problems_of_item(place, item, len(items) > 1)]
    return found + _numbers_taken(draft, items) + _owners_gone(draft.content)


def _problems_of_item(place, item, is_one_of_many):
    which = _("item %(place)s of this text") % {"place": place + 1} if is_one_of_many else _("the item")
    title = drafts.text_of(item, "title")
    found = []
    if not item["number"]:
        found.append(Remark(_("Enter the number of %(which)s on the agenda.") % {"which": which}, place))
    if not title:
        found.append(
            Remark(
                _("Enter the title of %(which)s: add it, or call one of its lines “Title”.") % {"which": which}, place
            )
        )
    elif len(title) > drafts.TITLE_LIMIT:
        found.append(
            Remark(
                _("Shorten the title of %(which)s to %(most)s characters.")
                % {"which": which, "most": drafts.TITLE_LIMIT},
                place,
            )
        )
    return found + [problem for finding in drafts.live(item) for problem in _problems_of_finding(place, finding)]


def _problems_of_finding(place, finding):
    who = drafts.name_of(finding)
    about_asking = finding["kind"] in drafts.ASKED
    if not finding["text"].strip():
        yield Remark(_("%(who)s: write the words, or drop it.") % {"who": who}, place, finding["id"])
    for name, limit in drafts.LIMITS.items():
        if len(finding[name]) > limit:
            words = _("%(who)s: shorten the %(name)s to %(limit)s characters.") % {
                "who": who,
                "name": name,
                "limit": limit,
            }
            yield Remark(words, place, finding["id"], about_asking and name == "title")
    if finding["kind"] == "witness" and not (finding["name"] or finding["role"]):
        yield Remark(_("%(who)s: enter the name or the role.") % {"who": who}, place, finding["id"])
    if any(len(addressee) > drafts.ADDRESSEE_LIMIT for addressee in finding["addressees"]):
        words = _("%(who)s: shorten the addressees to %(most)s characters each.") % {
            "who": who,
            "most": drafts.ADDRESSEE_LIMIT,
        }
        yield Remark(words, place, finding["id"], about_asking)


def _numbers_taken(draft, items):
    numbers = [item["number"] for _, item in items]
    there = AgendaItem.objects.filter(
        meeting__board=draft.board_id, meeting__held_on=draft.held_on, number__in=numbers
    ).values_list("number", flat=True)
    for place, item in items:
        number = item["number"]
        if number and number in there:
            sentence = _(
                "The meeting has an item %(number)s already. Give this one another number, or discard the draft."
            ) % {"number": number}
            return [Remark(sentence, place)]
        if number and numbers.count(number) > 1:
            return [
                Remark(
                    _("Item number %(number)s is given twice. Give each item its own number.") % {"number": number},
                    place,
                )
            ]
    return []


def _owners_gone(content):
    asked = [finding for finding in drafts.all_findings(content) if is_asked(finding) and finding["owner"]]
    owners = set(User.objects.possible_owners().values_list("pk", flat=True)) if asked else set()
    return [
        Remark(
            _("%(what)s: the owner can no longer own anything. Choose another one.") % {"what": drafts.name_of(f)},
            None,
            f["id"],
            True,
        )
        for f in asked
        if f["owner"] not in owners
    ]


def _unintroduced(content):
    """Witnesses of whom no clerk has said who they are: those nearly of a name known before, and of another one here."""
    witnesses = [f for f in drafts.all_findings(content) if drafts.is_live(f) and f["kind"] == "witness"]
    asked = Acquaintances().questions(witnesses) if witnesses else {}
    undecided = [finding for finding in witnesses if finding["id"] in asked and asked[finding["id"]].is_undecided]
    near_known = [finding for finding in undecided if asked[finding["id"]].people]
    return near_known, [finding for finding in undecided if finding not in near_known]


def is_asked(finding):
    return drafts.is_live(finding) and finding["kind"] in drafts.ASKED


def cautions(draft: MinutesDraft) -> list[Remark]:
    """What is better looked at before, and never stops anybody."""
    asked = [finding for finding in drafts.all_findings(draft.content) if is_asked(finding)]
    near_known, near_here = _unintroduced(draft.content)
    lists = (
        (_("Not read, so it will not be recorded"), drafts.unread(draft.content), False),
        (_("An oddity that nobody has looked at"), drafts.oddities(draft.content), False),
        (_("Nearly the name of somebody who has spoken before"), near_known, False),
        (_("Nearly the name of a witness before them"), near_here, False),
        (_("No owner yet"), [finding for finding in asked if not finding["owner"]], True),
        (_("No date yet"), [finding for finding in asked if not finding["due_on"]], True),
    )
    found = [
        Remark(f"{words}: {'; '.join(map(drafts.name_of, findings))}.", None, findings[0]["id"], about_asking)
        for words, findings, about_asking in lists
        if findings
    ]
    return found + [
        Remark(
            _("An item makes %(count)s recommendations: more than %(most)s are hard to follow up.")
            % {"count": count, "most": MANY},
            place,
        )
        for place, item in drafts.adoptable(draft.content)
        if (count := len(drafts.live(item, "recommendation"))) > MANY
    ]
