"""Who a witness is: the same name is the same person, a nearly equal one is only ever offered."""

import datetime
from itertools import islice, product

import pytest

from recommendations.minutes import acquaintances, drafts, readiness
from recommendations.minutes.acquaintances import (
    MOST_COMPARED,
    SOMEBODY_ELSE,
    Acquaintances,
    bare,
    is_near,
    key_of,
    spoke_last,
)
from recommendations.minutes.adopt import adopt
from recommendations.models import Person, Witness
from tests import factories
from tests.minutes import samples


class TestNames:
    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("Dr Claire Curran OBE", "claire  curran"),
            ("Councillor Tim O’Hara", "Cllr Tim O'Hara"),
            ("Detective Superintendent Paul Furnell", "Paul Furnell"),
        ],
    )
    def test_titles_honours_case_and_apostrophes_do_not_part_two_names(self, name, other):
        assert key_of(name) == key_of(other)

    def test_a_title_alone_is_all_the_name_there_is(self):
        assert bare("The  Dr") == "The Dr"

    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("Clare Curran", "Claire Curran"),
            ("Paul Furnel", "Superintendent Paul Furnell"),
            ("Steven Hill", "Stephen Hill"),
            ("C Curran", "Claire Curran"),
            ("Mary Jane Lewis", "Mary Lewis"),
            ("Julian Gordon-Walker", "Julian Gordon Walker"),
            ("Zoë Grant", "Zoe Grant"),
        ],
    )
    def test_spellings_of_one_name_are_near(self, name, other):
        assert is_near(name, other)
        assert is_near(other, name)

    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("John Smith", "Joan Smith"),
            ("Mark Hill", "Mary Hill"),
            ("Claire Curran", "Claire Byrne"),
            ("Ben Hall", "Ben Hill"),
            ("Ravi Chand", "Asha Chand"),
            ("J Smith", "J Smyth"),
            ("Rowan", "Tom Rowan"),
            ("", "Tom Rowan"),
        ],
    )
    def test_two_people_of_one_family_or_one_first_name_are_not(self, name, other):
        assert not is_near(name, other)


class TestOffering:
    def offered(self, name, said=None):
        question = Acquaintances().offered(name, said)
        return [person.name for person in question.people], question.is_same

    @pytest.fixture
    def claire(self, db):
        return factories.make_speaker("Claire Curran")

    def test_the_same_name_goes_without_saying(self, claire):
        assert self.offered("Councillor Claire Curran") == (["Claire Curran"], True)

    def test_a_nearly_equal_name_is_offered(self, claire):
        assert self.offered("Clare Curran") == (["Claire Curran"], False)

    def test_nobody_of_that_name_is_offered(self, claire):
        assert self.offered("Ravi Chand") == ([], False)

    def test_of_two_people_of_one_name_neither_goes_without_saying(self, claire):
        factories.make_speaker("Claire Curran")
        assert self.offered("Claire Curran") == (["Claire Curran", "Claire Curran"], False)

    def test_the_nearest_come_first_and_not_too_many(self, claire):
        for name in ("C Curran", "Clara Curran", "Clairee Curran", "Clare Curran"):
            factories.make_speaker(name)
        assert self.offered("Claire Curran", said=Person.objects.get(name="Clare Curran").pk) == (
            ["Clare Curran", "Claire Curran", "Clairee Curran"],
            False,
        )

    def test_somebody_is_known_under_every_spelling_of_their_minutes(self, claire):
        factories.make_witness(name="Clare Curran", person=claire)
        assert self.offered("Clare Curran") == (["Claire Curran"], True)

    def test_whom_a_clerk_chose_comes_first_whatever_the_name(self, claire):
        factories.make_speaker("Dana Whitlock")
        assert self.offered("Dana Whitlok", said=claire.pk)[0] == ["Claire Curran", "Dana Whitlock"]

    def test_who_was_merged_is_offered_as_who_they_are_now(self, claire, clerk):
        clare = factories.make_speaker("Clare Curran")
        clare.merge(into=claire, by=clerk, reason="The same post.")
        assert self.offered("Clare Curran", said=clare.pk) == (["Claire Curran"], True)

    def test_an_unknown_number_is_nobody(self, claire):
        assert self.offered("Ravi Chand", said=99999) == ([], False)

    def test_witnesses_from_before_people_were_known_are_nobody_yet(self, claire):
        factories.make_witness(name="Ravi Chand")
        assert self.offered("Ravi Chand") == ([], False)

    def test_all_are_known_by_two_queries(self, claire, django_assert_num_queries):
        with django_assert_num_queries(2):
            known = Acquaintances()
            known.offered("Clare Curran", None)

    def test_when_and_as_what_they_spoke_last_is_told(self, claire, board):
        later = factories.make_item(factories.make_meeting(board, datetime.date(2026, 11, 18)))
        factories.make_witness(later, "Claire Curran", role="Cabinet Member", person=claire)
        [last] = spoke_last([claire.pk]).values()
        assert (last.last_role, last.last_spoke_on) == ("Cabinet Member", datetime.date(2026, 11, 18))


def met(*names, **said):
    """Witnesses of one draft with the ids 1, 2 …; `said`: what a clerk said of one of them, `f2=…` of the second."""
    return [
        drafts.blank("witness", name, line=pk) | {"id": pk, "name": name, "person": said.get(f"f{pk}")}
        for pk, name in enumerate(names, 1)
    ]


@pytest.mark.usefixtures("db")
class TestNearNamesInOneDraft:
    def here(self, witnesses):
        """{witness: the ids of those before whom it may be}"""
        asked = Acquaintances().questions(witnesses)
        return {pk: [one["id"] for one in question.here] for pk, question in asked.items()}

    def test_the_later_of_two_near_names_is_asked_about_the_earlier(self):
        assert self.here(met("Clare Burgess", "Ravi Chand", "Ms Claire Burgess")) == {3: [1]}

    def test_nothing_is_chosen_for_the_clerk(self):
        [question] = Acquaintances().questions(met("Clare Burgess", "Claire Burgess")).values()
        assert (question.chosen, question.is_same, question.is_undecided) == (None, False, True)

    def test_the_same_name_again_is_not_asked_about_again(self):
        assert self.here(met("Clare Burgess", "Claire Burgess", "Clare Burgess", "Claire Burgess")) == {2: [1]}

    def test_of_those_that_a_clerk_called_one_the_first_is_offered(self):
        assert self.here(met("Clare Burgess", "Claire Burgess", "Claire Burges", f2="f1")) == {2: [1], 3: [1]}

    def test_who_was_chosen_comes_first_whatever_the_name(self):
        witnesses = met("Clare Burgess", "Ravi Chand", "Claire Burgess", f3="f2")
        assert self.here(witnesses) == {3: [2, 1]}
        assert Acquaintances().questions(witnesses)[3].chosen == witnesses[1]

    def test_whom_a_clerk_took_for_somebody_known_is_offered_as_that_person(self):
        clara = factories.make_speaker("Clara Burgess")
        second = Acquaintances().questions(met("C Burgess", "Claire Burgess", f1=clara.pk, f2="f1"))[2]
        assert (second.people, second.here, second.chosen) == ([clara], [], clara)

    def test_known_and_unknown_near_names_are_offered_together(self):
        claire = factories.make_speaker("Claire Burgess")
        question = Acquaintances().questions(met("C Burgess", "Clare Burgess", f1=SOMEBODY_ELSE))[2]
        assert ([claire], [1]) == (question.people, [one["id"] for one in question.here])

    def test_two_who_point_at_each_other_are_asked_about_and_no_more(self):
        assert self.here(met("Clare Burgess", "Claire Burgess", "Clair Burgess", f1="f2", f2="f1")) == {2: [1], 3: [1]}

    @pytest.mark.parametrize(
        ("said", "is_undecided"), [(None, True), ("f1", False), (SOMEBODY_ELSE, False), ("f99", True)]
    )
    def test_who_was_chosen_and_is_no_longer_there_is_to_be_decided_again(self, said, is_undecided):
        asked = Acquaintances().questions(met("Clare Burgess", "Claire Burgess", f2=said))
        assert asked[2].is_undecided is is_undecided

    def words(self, count):
        """So many words of the same length and beginning: Aaaa, Aaab, …"""
        return ["A" + "".join(letters) for letters in islice(product("abcdefghij", repeat=3), count)]

    def test_posts_without_a_name_are_not_asked_about(self):
        assert self.here(met("", "Clare Burgess", "")) == {}

    def compared(self, monkeypatch, names):
        """How often two names were looked at side by side."""
        pairs = []
        monkeypatch.setattr(acquaintances, "is_near", lambda *pair: bool(pairs.append(pair)))
        Acquaintances().questions(met(*names))
        return len(pairs)

    def test_names_that_share_no_word_are_not_compared(self, monkeypatch):
        assert self.compared(monkeypatch, [f"{word} {word}hill" for word in self.words(500)]) == 0

    def test_one_family_of_hundreds_is_compared_with_a_few_each(self, monkeypatch):
        names = [f"{word} Hill" for word in self.words(1000)]
        assert self.compared(monkeypatch, names) < 1000 * MOST_COMPARED


class TestAdopting:
    """The witnesses of the sample are Dana Whitlock and Ravi Chand."""

    @pytest.fixture
    def draft(self, board, clerk, no_regime):
        return samples.start(board, clerk)

    def adopt_saying(self, draft, said):
        samples.change(draft, samples.found(draft, "witness")[0], person=said)
        adopt(draft, by=draft.created_by)
        return Witness.objects.get(name="Dana Whitlock", item__number="7", item__draft=draft).person

    def test_somebody_new_becomes_a_person(self, draft):
        adopt(draft, by=draft.created_by)
        assert [str(person) for person in Person.objects.all()] == ["Dana Whitlock", "Ravi Chand"]
        assert Person.history.earliest().history_change_reason == "Adopted from the minutes, line 7"

    def test_the_same_name_joins_its_person_unasked(self, draft):
        dana = factories.make_speaker("Dr Dana Whitlock")
        assert self.adopt_saying(draft, None) == dana

    def test_a_nearly_equal_name_stays_apart_until_a_clerk_says_so(self, draft):
        dana = factories.make_speaker("Dana Witlock")
        assert self.adopt_saying(draft, None) != dana

    def test_a_nearly_equal_name_joins_whom_the_clerk_chose(self, draft):
        dana = factories.make_speaker("Dana Witlock")
        assert self.adopt_saying(draft, dana.pk) == dana
        assert dana.witnesses.count() == 2

    def test_somebody_else_of_the_same_name_is_a_person_of_their_own(self, draft):
        dana = factories.make_speaker("Dana Whitlock")
        assert self.adopt_saying(draft, SOMEBODY_ELSE) != dana

    def test_who_was_merged_meanwhile_is_who_they_are_now(self, draft, clerk):
        dana, misspelt = factories.make_speaker("Dana Whitlock"), factories.make_speaker("Dana Witlock")
        misspelt.merge(into=dana, by=clerk, reason="The same post.")
        assert self.adopt_saying(draft, misspelt.pk) == dana

    @pytest.mark.parametrize("said", [None, SOMEBODY_ELSE])
    def test_a_new_name_in_two_items_is_one_person(self, draft, said):
        second = drafts.blank("witness", "Dana Whitlock, Nurse") | {"name": "Dana Whitlock", "id": 99, "person": said}
        item = {"number": "8", "exempt_paragraph": None, "findings": [drafts.blank("title", "NEXT"), second]}
        draft.content["items"].append(item)
        draft.correct(draft.content, by=draft.created_by)
        person = self.adopt_saying(draft, said)
        assert person.witnesses.count() == 2

    def adopt_with(self, draft, said):
        """Adopts with Dana Whitlock misspelt twice in a second item; `said` of her first misspelling there."""
        misspelt = drafts.blank("witness", "Dana Witlock") | {"name": "Dana Witlock"}
        found = [misspelt | {"id": 98, "person": said}, misspelt | {"id": 99}]
        item = {"number": "8", "exempt_paragraph": None, "findings": [drafts.blank("title", "NEXT"), *found]}
        draft.content["items"].append(item)
        adopt(draft.correct(draft.content, by=draft.created_by), by=draft.created_by)
        people = Person.objects.filter(name__startswith="Dana")
        return {one.name: [spoken.name for spoken in one.witnesses.order_by("id")] for one in people}

    def test_two_spellings_in_one_draft_are_one_person_where_a_clerk_says_so(self, draft):
        first = drafts.here(samples.found(draft, "witness")[0]["id"])
        assert self.adopt_with(draft, first) == {"Dana Whitlock": ["Dana Whitlock", "Dana Witlock", "Dana Witlock"]}

    @pytest.mark.parametrize("said", [None, SOMEBODY_ELSE, "f97"])
    def test_else_they_are_two(self, draft, said):
        apart = {"Dana Whitlock": ["Dana Whitlock"], "Dana Witlock": ["Dana Witlock", "Dana Witlock"]}
        assert self.adopt_with(draft, said) == apart

    def test_a_draft_from_before_people_were_known_is_adopted_too(self, draft):
        for one in samples.found(draft, "witness"):
            del one["person"]
        draft.correct(draft.content, by=draft.created_by)
        adopt(draft, by=draft.created_by)
        assert Person.objects.count() == 2

    def test_a_post_alone_is_a_witness_and_no_person(self, draft):
        for one in samples.found(draft, "witness"):
            samples.change(draft, one, name="")
        adopt(draft, by=draft.created_by)
        assert [str(one) for one in Witness.objects.all()] == [
            "Head of Early Help",
            "Detective Inspector, Example Police",
        ]
        assert not Person.objects.exists()


class TestCautions:
    def told(self, draft):
        return [caution.sentence for caution in readiness.cautions(draft) if "spoken before" in caution.sentence]

    def test_a_nearly_equal_name_that_nobody_decided_on_is_told_before_adoption(self, board, clerk):
        factories.make_speaker("Dana Witlock")
        assert self.told(samples.start(board, clerk)) == [
            "Nearly the name of somebody who has spoken before: Witness, line 7."
        ]

    @pytest.mark.parametrize(
        ("name", "said"), [("Dana Witlock", SOMEBODY_ELSE), ("Dana Whitlock", None), ("Kim Doe", None)]
    )
    def test_what_is_decided_or_clear_is_not(self, board, clerk, name, said):
        factories.make_speaker(name)
        draft = samples.start(board, clerk)
        samples.change(draft, samples.found(draft, "witness")[0], person=said)
        assert self.told(draft) == []

    def near_here(self, board, clerk, **changes):
        text = samples.TEXT.replace("Ravi Chand,", "Dana Witlock, Nurse\nRavi Chand,")
        draft = samples.start(board, clerk, text)
        samples.change(draft, samples.found(draft, "witness")[1], **changes)
        return [one.sentence for one in readiness.cautions(draft) if "before them" in one.sentence]

    def test_near_names_within_the_draft_are_told_as_well(self, board, clerk):
        told = ["Nearly the name of a witness before them: Witness, line 8."]
        assert self.near_here(board, clerk) == told

    @pytest.mark.parametrize("changes", [{"person": SOMEBODY_ELSE}, {"dropped": "Said twice."}, {"kind": "point"}])
    def test_near_names_that_are_decided_on_or_gone_are_not(self, board, clerk, changes):
        assert self.near_here(board, clerk, **changes) == []

    def test_minutes_without_witnesses_ask_nobody(self, board, clerk, django_assert_num_queries):
        draft = factories.make_draft(board=board, by=clerk)
        with django_assert_num_queries(0):
            assert readiness.cautions(draft) == []
