"""People who have spoken: merging two of them, and taking them apart again, with nothing lost."""

import pytest

from recommendations.models import Person, Refused, Stale, Witness
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "The same post at both meetings."


@pytest.fixture
def claire():
    return factories.make_speaker("Claire Curran")


@pytest.fixture
def clare():
    return factories.make_speaker("Clare Curran")


@pytest.fixture
def merged(clare, claire, clerk):
    return clare.merge(into=claire, by=clerk, reason=WHY)


def names(person):
    return sorted(person.witnesses.values_list("name", flat=True))


class TestMerging:
    def test_what_one_spoke_to_becomes_the_others_as_it_is_spelt(self, merged, claire):
        assert names(claire) == ["Claire Curran", "Clare Curran"]
        assert names(merged) == []

    def test_who_was_merged_stays_and_names_who_it_was(self, merged, claire):
        assert Person.objects.get(name="Clare Curran").merged_into == claire
        assert (merged.now, claire.now) == (claire, claire)

    def test_each_row_that_moves_says_who_moved_it_and_why(self, merged, clerk):
        for row in (merged.history.latest(), Witness.objects.get(name="Clare Curran").history.latest()):
            assert (row.history_user, row.history_change_reason) == (clerk, WHY)
        assert Witness.objects.get(name="Claire Curran").history.count() == 1

    def test_three_spellings_end_at_one_person(self, merged, claire, clerk):
        third = factories.make_speaker("C Curran")
        claire.merge(into=third, by=clerk, reason=WHY)
        assert Person.objects.get(pk=merged.pk).now == third
        assert len(names(third)) == 3

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_it_needs_a_reason(self, clare, claire, clerk, reason):
        with pytest.raises(Refused, match="Say how you know"):
            clare.merge(into=claire, by=clerk, reason=reason)

    @pytest.mark.parametrize("who", ["owner", "member", "administrator"])
    def test_it_is_the_clerks_alone(self, clare, claire, person, who):
        with pytest.raises(Refused, match="Only a clerk"):
            clare.merge(into=claire, by=person(who), reason=WHY)

    def test_the_system_may_as_well(self, clare, claire):
        assert clare.merge(into=claire, by=None, reason=WHY).merged_into == claire

    def test_nobody_is_merged_into_themselves(self, claire, clerk):
        with pytest.raises(Refused, match="Choose another person"):
            claire.merge(into=claire, by=clerk, reason=WHY)

    def test_nobody_is_merged_twice(self, merged, claire, clerk):
        with pytest.raises(Refused, match="Clare Curran is merged into Claire Curran already"):
            merged.merge(into=factories.make_speaker("C Curran"), by=clerk, reason=WHY)

    def test_nobody_is_merged_into_somebody_who_is_gone(self, merged, claire, clerk):
        with pytest.raises(Refused, match="Clare Curran is merged into Claire Curran already"):
            claire.merge(into=merged, by=clerk, reason=WHY)

    def test_a_merger_that_comes_too_late_is_told_so(self, merged, claire, clerk):
        with pytest.raises(Stale):
            merged.merge(into=claire, by=clerk, reason=WHY, version=1)

    def test_who_took_part_in_a_refused_merger_is_unchanged(self, clare, claire, clerk):
        with pytest.raises(Refused):
            clare.merge(into=claire, by=clerk, reason="")
        assert names(clare) == ["Clare Curran"]
        assert clare.history.count() == 1


class TestTakingApart:
    def test_each_has_again_what_was_theirs(self, merged, claire, clerk):
        merged.unmerge(by=clerk, reason="Two sisters.")
        assert (names(merged), names(claire)) == (["Clare Curran"], ["Claire Curran"])
        assert merged.merged_into is None

    def test_what_came_since_stays_where_it_is(self, merged, claire, clerk):
        factories.make_witness(name="Clare Curran", person=claire)
        merged.unmerge(by=clerk, reason="Two sisters.")
        assert names(claire) == ["Claire Curran", "Clare Curran"]

    def test_they_can_be_merged_once_more(self, merged, claire, clerk):
        merged.unmerge(by=clerk, reason="Two sisters.")
        assert merged.merge(into=claire, by=clerk, reason=WHY).now == claire

    def test_it_needs_a_reason(self, merged, clerk):
        with pytest.raises(Refused, match="Say how you know"):
            merged.unmerge(by=clerk, reason=" ")

    def test_it_is_the_clerks_alone(self, merged, member):
        with pytest.raises(Refused, match="Only a clerk"):
            merged.unmerge(by=member, reason=WHY)

    def test_who_was_not_merged_cannot_be_taken_apart(self, claire, clerk):
        with pytest.raises(Refused, match="Claire Curran is not merged into anybody"):
            claire.unmerge(by=clerk, reason=WHY)

    def test_a_chain_is_taken_apart_from_its_end(self, merged, claire, clerk):
        claire.merge(into=factories.make_speaker("C Curran"), by=clerk, reason=WHY)
        with pytest.raises(Refused, match="Claire Curran is merged into somebody else"):
            merged.unmerge(by=clerk, reason=WHY)


class TestReading:
    def test_who_spoke_to_an_exempt_item_alone_is_hidden_from_who_may_not_read_it(self, board, person):
        item = factories.make_item(factories.make_meeting(board), exempt_paragraph=3)
        factories.make_speaker("Claire Curran", item)
        may_read = ("clerk", "member"), ("owner", "other_member", "administrator", "stranger")
        counts = [{Person.objects.visible_to(person(who)).count() for who in people} for people in may_read]
        assert counts == [{1}, {0}]

    def test_meetings_are_counted_as_far_as_one_may_read(self, board, claire, clerk, other_member):
        item = factories.make_item(factories.make_meeting(board, factories.ago(3)), exempt_paragraph=3)
        factories.make_witness(item, "Claire Curran", person=claire)
        for user, count, last in ((clerk, 2, 3), (other_member, 1, 60)):
            [one] = Person.objects.visible_to(user).with_meetings(user)
            assert (one.meetings_count, one.last_spoke_on) == (count, factories.ago(last))

    def test_who_was_merged_is_no_longer_listed(self, merged, claire, clerk):
        assert list(Person.objects.visible_to(clerk)) == list(Person.objects.unmerged()) == [claire]

    def test_a_person_is_found_by_name(self, claire):
        assert str(claire) == "Claire Curran"
        assert claire.get_absolute_url() == f"/witnesses/{claire.pk}/"
