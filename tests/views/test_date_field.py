"""Dates in three parts: what may be typed, and what is said when it cannot be a date."""

import datetime

import pytest
from django import forms
from lxml import html

from recommendations.forms.fields import DateField, GovukFormMixin, sent_number


class Due(GovukFormMixin, forms.Form):
    due_on = DateField(label="Due date")


class AsOf(GovukFormMixin, forms.Form):
    on = DateField(label="As of", required=False)


def due(*typed):
    return Due(dict(zip(("due_on_day", "due_on_month", "due_on_year"), typed, strict=True)))


def boxes(form, more=""):
    """The three boxes of the form's date, or those of them that an XPath condition picks."""
    return html.fromstring(str(form)).xpath(f"//*[@id='id_due_on']//input{more}")


@pytest.mark.parametrize(
    "typed",
    [("3", "3", "2027"), ("03", "03", "2027"), (" 3 ", "March", "2027 "), ("3", "Mar", "2027"), ("3", "mar.", "2027")],
)
def test_a_date_may_be_typed_in_several_ways(typed):
    form = due(*typed)
    assert form.is_valid()
    assert form.cleaned_data["due_on"] == datetime.date(2027, 3, 3)


@pytest.mark.parametrize(
    ("typed", "sentence", "wrong"),
    [
        (("", "", ""), "Enter the due date", "day month year"),
        (("14", "1", ""), "Due date must include a year", "year"),
        (("", "1", "2027"), "Due date must include a day", "day"),
        (("", "", "2027"), "Due date must include a day and month", "day month"),
        (("31", "2", "2027"), "Due date must be a real date, like 14 1 2027 or 14 January 2027", "day month year"),
        (("32", "1", "2027"), "Due date must be a real date, like 14 1 2027 or 14 January 2027", "day"),
        (("1", "13", "2027"), "Due date must be a real date, like 14 1 2027 or 14 January 2027", "month"),
        (("1", "Ma", "2027"), "Due date must be a real date, like 14 1 2027 or 14 January 2027", "month"),
        (("1", "1", "soon"), "Due date must be a real date, like 14 1 2027 or 14 January 2027", "year"),
        (("²", "1", "2027"), "Due date must be a real date, like 14 1 2027 or 14 January 2027", "day"),
        (("1", "1", "27"), "Due date must have a year of 4 numbers, like 2027", "year"),
    ],
)
def test_a_wrong_date_is_explained_and_only_its_wrong_parts_are_marked(typed, sentence, wrong):
    form = due(*typed)
    marked = boxes(form, "[@aria-invalid='true'][contains(@class, 'govuk-input--error')]")
    assert form.errors["due_on"] == [sentence]
    assert [box.get("name") for box in marked] == [f"due_on_{part}" for part in wrong.split()]


@pytest.mark.parametrize("typed", [("32", "Smarch", "soon"), ("", "2", ""), ("14", "1", "2027")])
def test_nothing_typed_is_lost(typed):
    assert tuple(box.get("value") or "" for box in boxes(due(*typed))) == typed


def test_an_error_added_later_marks_the_whole_date():
    form = due("14", "1", "2027")
    form.add_error("due_on", "Due date must be after the meeting")
    assert len(boxes(form, "[@aria-invalid='true']")) == 3


def test_a_date_starts_from_what_is_known():
    form = Due(initial={"due_on": datetime.date(2027, 1, 14)})
    assert [box.get("value") for box in boxes(form)] == ["14", "1", "2027"]


def test_a_date_may_be_handed_over_as_a_date():
    assert DateField().clean(datetime.date(2027, 1, 14)) == datetime.date(2027, 1, 14)


@pytest.mark.parametrize(
    ("data", "expected"), [({}, None), ({"on": "2027-01-14"}, datetime.date(2027, 1, 14)), ({"on_day": " "}, None)]
)
def test_a_date_nobody_must_give_may_stay_away_or_come_whole(data, expected):
    form = AsOf(data)
    assert form.is_valid()
    assert form.cleaned_data["on"] == expected


def test_rubbish_in_the_address_is_answered_like_rubbish_in_the_boxes():
    assert AsOf({"on": "rubbish"}).errors["on"] == ["As of must include a month and year"]


@pytest.mark.parametrize(("year", "changed"), [("2027", []), ("2028", ["on"]), ("x", ["on"])])
def test_a_date_knows_whether_it_was_changed(year, changed):
    data = {"on_day": "14", "on_month": "1", "on_year": year}
    assert AsOf(data, initial={"on": datetime.date(2027, 1, 14)}).changed_data == changed


def test_a_question_that_is_a_date_is_not_repeated_in_its_error():
    class When(GovukFormMixin, forms.Form):
        met = DateField(label="When did they meet?")

    assert When({"met_day": "1"}).errors["met"] == ["The answer to “When did they meet?” must include a month and year"]


def test_the_date_alone_tells_a_model_form_whether_it_was_sent():
    widget = DateField().widget
    assert widget.value_omitted_from_data({}, {}, "on")
    assert not widget.value_omitted_from_data({"on": "2027-01-14"}, {}, "on")
    assert not widget.value_omitted_from_data({"on_day": ""}, {}, "on")


@pytest.mark.parametrize("number", ["", "soon", "-1", "9" * 19, "9" * 5_000])
def test_a_number_that_no_page_sent_is_passed_over(number):
    assert sent_number(number) is None
