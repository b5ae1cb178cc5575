"""The sheets of a draft: one page, a form for each thing on it, all sent back together."""

import copy
from collections.abc import Callable
from itertools import groupby, pairwise

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import GovukFormMixin, Radios
from recommendations.forms.minutes import MeetingOfDraft, exempt
from recommendations.forms.witnesses import described
from recommendations.minutes import acquaintances, drafts
from recommendations.models import Person

# What stands over the cards of a kind, where it is not simply the plural.
HEADINGS = {kind: f"{label}s" for kind, label in drafts.KINDS.items()} | {
    "title": _("Title"),
    "purpose": _("Purpose of the report"),
    "declarations": _("Declarations of interest"),
    "witness": _("Witnesses"),
    "attendance": _("Arrivals and departures"),
    "unread": _("Unread lines"),
}
NUMBERED = ("point", *drafts.ASKED)
# Kinds of lines, which only a text can hold.
NOT_ADDED = ("furniture", "unread")
PERSON = ("name", "role", "organisation")


class DraftForm(MeetingOfDraft):
    """What the whole sheet is about, and the version of the draft that it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(GovukFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class Sheet:
    """Forms over a draft's content. `corrected()` gives a copy of it with what was typed."""

    form_class: type[forms.Form] = VersionForm
    # Makes the forms of one item, and what else its part of the page shows.
    make_item: Callable[[int, dict], dict]

    def __init__(self, draft, content=None, data=None):
        self.draft, self.data = draft, data
        # What somebody else did meanwhile, in sentences.
        self.told = []
        self.content = draft.content if content is None else content
        initial = {"version": draft.version, "board": draft.board_id, "held_on": draft.held_on}
        self.form = self.form_class(data, initial=initial)
        self.by_id = {}
        self.items = [self.make_item(place, item) for place, item in enumerate(self.content.get("items", []))]

    @property
    def forms(self):
        """All of them, in the order of the page, for the error summary."""
        return [self.form, *self.by_id.values()]

    def is_valid(self):
        """Every form is asked, so that one look at the page shows all that is wrong."""
        return not [form for form in self.forms if not form.is_valid()]

    def refuse(self, refusal, act, target):
        """Say why what the button `act` asked of `target` cannot be done, where it was asked."""
        self.form.add_error(None, str(refusal))


class ItemForm(GovukFormMixin, forms.Form):
    number = forms.CharField(
        label=_("Item number"), required=False, max_length=drafts.LIMITS["number"], help_text=_("As on the agenda."),
        widget=forms.TextInput({"class": "govuk-input--width-4"}),
    )  # fmt: skip
    exempt_paragraph = exempt(_("Is the item exempt?"))
    add_kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[(kind, drafts.KINDS[kind]) for kind in drafts.KINDS if kind not in NOT_ADDED],
    )
    add_text = forms.CharField(label=_("Words"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data, *, place, item):
        super().__init__(data, prefix=f"i{place}", initial=item | {"add_kind": "point"})
        self.place = place


class FindingForm(GovukFormMixin, forms.Form):
    """One card: the words, what they are, and what belongs to their kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=drafts.KINDS.items())
    number = forms.CharField(label=_("Number"), required=False, max_length=drafts.LIMITS["number"])
    # The minutes may tell no more of a witness than the post.
    name = forms.CharField(label=_("Name"), required=False, max_length=drafts.LIMITS["name"])
    role = forms.CharField(label=_("Role"), required=False, max_length=drafts.LIMITS["role"])
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=drafts.LIMITS["organisation"])
    text = forms.CharField(label=_("Words"), widget=forms.Textarea)
    checked = forms.BooleanField(label=_("I have looked at this"), required=False)
    reason = forms.CharField(label=_("Why is it left out?"), required=False, max_length=300)

    def __init__(self, data, *, finding, lines):
        super().__init__(data, prefix=f"f{finding['id']}", initial=finding)
        self.finding, self.lines = finding, lines
        # The sheet knows the next card to look at after this one, whether that was the last, whether a new item may begin.
        self.following, self.is_last_to_look_at, self.can_begin_item = None, False, False
        # Whether a clerk has yet to say who this is.
        self.is_undecided = False
        for name in self._not_asked():
            del self.fields[name]
        if "text" in self.fields:
            self.fields["text"].error_messages["required"] = _("%(report)s: write the words, or drop it") % {
                "report": self.label
            }
        if "name" in self.fields:
            self.fields["text"].label = _("As printed")

    def _not_asked(self):
        kind = self.finding["kind"]
        if self.finding["dropped"]:
            return list(self.fields)
        if kind == "furniture":
            return [name for name in self.fields if name != "kind"]
        asked = {"kind", "text", "reason"}
        asked |= {"number"} if kind in NUMBERED else set()
        asked |= set(PERSON) if kind == "witness" else set()
        asked |= {"checked"} if self.finding["flags"] else set()
        return [name for name in self.fields if name not in asked]

    @property
    def label(self):
        return drafts.name_of(self.finding)

    @property
    def rows(self):
        """Enough rows for the words, within reason."""
        return min(12, sum(1 + len(line) // 70 for line in self.finding["text"].split("\n")))

    @property
    def short_label(self):
        return f"{drafts.KINDS[self.finding['kind']]} {self.finding['number']}".strip()

    @property
    def is_quiet(self):
        """Nothing that becomes a record: a heading, page noise."""
        return self.finding["kind"] == "furniture"

    @property
    def is_person(self):
        return "name" in self.fields

    @property
    def has_acquaintance(self):
        """Somebody has spoken under this name, or nearly this one."""
        return "person" in self.fields

    def ask_who(self, question, choices):
        """Ask whether the witness is one of `choices`; where the name tells that it is, yes goes without saying."""
        self.is_undecided = question.is_undecided
        label = _("Who is this?")
        if len(choices) == 1:
            [(value, who)] = choices
            label, choices = (
                _("Is this %(who)s?") % {"who": who},
                [("" if question.is_same else value, _("The same person"))],
            )
        self.fields["person"] = forms.TypedChoiceField(
            label=label, required=False, coerce=as_kept, empty_value=None,
            choices=[*choices, (acquaintances.SOMEBODY_ELSE, _("Somebody else"))],
            widget=Radios({"class": "govuk-radios--small govuk-radios--inline"}),
            help_text="" if question.is_same else _("Until you say so, they are kept as two people."),
        )  # fmt: skip
        if question.chosen:
            self.initial = self.initial | {"person": "" if question.is_same else value_of(question.chosen)}

    @property
    def has_number(self):
        return "number" in self.fields

    @property
    def has_oddity(self):
        return "checked" in self.fields

    @property
    def is_odd(self):
        return drafts.is_odd(self.finding)

    @property
    def is_unread(self):
        return self.finding["kind"] == "unread" and drafts.is_live(self.finding)

    def clean(self):
        said = [self.cleaned_data.get(name, _("too long")) for name in ("name", "role")]
        if self.is_person and not any(said):
            self.add_error("name", _("%(report)s: enter the name or the role") % {"report": self.label})

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def changes(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


def described_here(witness):
    """A witness of the same minutes as a clerk recognises them."""
    line = _("in line %(line)s") % {"line": witness["line"]} if witness["line"] else _("added by hand")
    return ", ".join(filter(None, [witness["name"], witness["role"], str(line)]))


def value_of(one):
    """Who a witness is, as the draft keeps it: a person, or a witness of the same minutes."""
    return one.pk if isinstance(one, Person) else drafts.here(one["id"])


def as_kept(answer):
    return int(answer) if answer.isdecimal() else answer


class Review(Sheet):
    """The review page: every finding a card."""

    form_class = DraftForm

    def __init__(self, draft, content=None, data=None):
        self.lines = draft.lines
        self.item_forms = []
        super().__init__(draft, content, data)
        self._introduce([form for form in self.by_id.values() if form.is_person])
        to_look_at = [form for form in self.by_id.values() if form.is_odd or form.is_unread or form.is_undecided]
        for form, following in pairwise(to_look_at):
            form.following = following
        for form in to_look_at[-1:]:
            form.is_last_to_look_at = True
        self.first_to_look_at = to_look_at[0] if to_look_at else None

    @property
    def forms(self):
        return [self.form, *self.item_forms, *self.by_id.values()]

    def make_item(self, place, item):
        form = ItemForm(self.data, place=place, item=item)
        self.item_forms.append(form)
        cards = [self.make_card(finding) for finding in item["findings"]]
        shown = [card for card in cards if not card.is_quiet]
        for card in shown[1:]:
            card.can_begin_item = card.finding["kind"] == "title"
        groups = groupby(shown, key=lambda card: card.finding["kind"])
        return {
            "form": form,
            "place": place,
            "groups": [(HEADINGS[kind], list(cards_of_kind)) for kind, cards_of_kind in groups],
            "furniture": [card for card in cards if card.is_quiet],
            "printed_numbers": [f["number"] for f in drafts.live(item, "title") if f["number"]],
        }

    def make_card(self, finding):
        first, last = finding["line"] or 1, finding["last_line"] or 0
        lines = [(n, self.lines[n - 1]) for n in range(first, last + 1) if self.lines[n - 1].strip()]
        form = self.by_id[finding["id"]] = FindingForm(self.data, finding=finding, lines=lines)
        return form

    def _introduce(self, cards):
        """Ask of each witness whose name is known whether it is that person. Costs three queries, or none."""
        if not cards:
            return
        asked = acquaintances.Acquaintances().questions([card.finding for card in cards])
        last = acquaintances.spoke_last({person.pk for question in asked.values() for person in question.people})
        for card in cards:
            if question := asked.get(card.finding["id"]):
                choices = [(value_of(one), described(last[one.pk])) for one in question.people]
                choices += [(value_of(one), described_here(one)) for one in question.here]
                card.ask_who(question, choices)

    @property
    def unread_count(self):
        return len(drafts.unread(self.content))

    @property
    def oddity_count(self):
        return len(drafts.oddities(self.content))

    @property
    def undecided_count(self):
        return sum(form.is_undecided for form in self.by_id.values())

    @property
    def source(self):
        """Each line that says something: its number, its words, and the card that it was read into."""
        read_as = {}
        for card in self.by_id.values():
            for number, _line in card.lines:
                read_as.setdefault(number, card)
        return [(n, line, read_as.get(n)) for n, line in enumerate(self.lines, 1) if line.strip()]

    def refuse(self, refusal, act, target):
        by_target = dict(enumerate(self.item_forms)) if act in ("add", "join") else self.by_id
        if target in by_target:
            form, name = by_target[target], {"add": "add_text", "split": "text", "drop": "reason"}.get(act)
            form.add_error(name if name in form.fields else None, str(refusal))
        else:
            super().refuse(refusal, act, target)

    def corrected(self):
        """The content as typed; a reason why something is left out leaves it out, and words to add are added."""
        content = copy.deepcopy(self.content)
        for finding in drafts.all_findings(content):
            form = self.by_id[finding["id"]]
            drafts.correct(finding, **form.changes())
            if reason := form.cleaned_data.get("reason"):
                drafts.drop(content, finding["id"], reason)
        self.added = None
        for form, item in zip(self.item_forms, content["items"], strict=True):
            said = form.cleaned_data
            item |= {"number": said["number"], "exempt_paragraph": said["exempt_paragraph"]}
            if said["add_text"]:
                self.added = drafts.add(content, form.place, said["add_kind"], said["add_text"])
        return content
