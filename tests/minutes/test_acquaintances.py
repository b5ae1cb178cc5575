"""Who a witness is: the same name is the same person, a nearly equal one is only ever offered."""

import datetime

import pytest

from recommendations.minutes import drafts, readiness
from recommendations.minutes.acquaintances import SOMEBODY_ELSE, Acquaintances, bare, is_near, key_of, spoke_last
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
        people, is_same = Acquaintances().offered(name, said)
        return [person.name for person in people], is_same

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

    def test_a_draft_from_before_people_were_known_is_adopted_too(self, draft):
        for one in samples.found(draft, "witness"):
            del one["person"]
        draft.correct(draft.content, by=draft.created_by)
        adopt(draft, by=draft.created_by)
        assert Person.objects.count() == 2


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

    def test_minutes_without_witnesses_ask_nobody(self, board, clerk, django_assert_num_queries):
        draft = factories.make_draft(board=board, by=clerk)
        with django_assert_num_queries(0):
            assert readiness.cautions(draft) == []
