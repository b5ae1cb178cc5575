"""Questions as GOV.UK asks them: markup, errors that say what to do, one summary of them."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MinLengthValidator
from django.template.loader import render_to_string
from lxml import html

from recommendations.forms.accounts import PasswordForm, SignInForm
from recommendations.forms.fields import Checkboxes, DateField, GovukFormMixin, Radios


def is_(name):
    """The part of an XPath that asks for a class."""
    return f"[contains(concat(' ', @class, ' '), ' {name} ')]"


BOARDS = [("", "Choose"), ("1", "Safeguarding")]


class Sheet(GovukFormMixin, forms.Form):
    """One question of every kind."""

    title = forms.CharField(
        max_length=5, help_text="A few words", widget=forms.TextInput({"class": "govuk-input--width-20"})
    )
    why = forms.CharField(
        label="What happened?", widget=forms.Textarea({"rows": 4}), validators=[MinLengthValidator(3)]
    )
    due_on = DateField(label="Due date", help_text="For example, 14 1 2027")
    kind = forms.ChoiceField(
        choices=[("do", "Do"), ("consider", "Consider")],
        widget=Radios({"class": "govuk-radios--small"}, hints={"do": "Act"}),
    )
    evidence = forms.MultipleChoiceField(choices=[("Points", [("1", "One"), ("2", "Two")])], widget=Checkboxes)
    board = forms.ChoiceField(choices=BOARDS)
    group = forms.ChoiceField(choices=[("Old boards", [("2", "Education")])], required=False)
    read = forms.BooleanField(label="I have read it", help_text="All of it")
    item = forms.IntegerField(label="Item number (optional)", required=False, min_value=1, max_value=40)
    email = forms.EmailField(label="E-mail address")
    site = forms.URLField(required=False, assume_scheme="https")
    held = forms.DateField(required=False)
    paper = forms.FileField(required=False, widget=forms.FileInput)
    word = forms.CharField(label="Your password", widget=forms.PasswordInput)
    draft = forms.CharField(widget=forms.HiddenInput)


def answers(**changes):
    good = {
        "title": "Data", "why": "It was sent",
        "due_on_day": "14", "due_on_month": "1", "due_on_year": "2027", "kind": "do",
        "evidence": ["1"], "board": "1", "read": "on", "email": "a@example.org", "word": "x", "draft": "7",
    }  # fmt: skip
    return good | changes


def page_of(form):
    return html.fromstring(f"<main>{form}</main>")


def error(name, **changes):
    return Sheet(answers(**changes)).errors[name][0]


# Markup


def test_every_question_stands_in_a_form_group_and_the_hidden_one_outside():
    page = page_of(Sheet())
    assert len(page.xpath(f"./*{is_('govuk-form-group')}")) == len(Sheet().visible_fields())
    assert page.xpath("./input[@type='hidden'][@name='draft']")


def test_every_visible_control_has_a_label():
    page = page_of(Sheet())
    labelled = {label.get("for") for label in page.xpath(".//label")}
    controls = page.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")
    assert {control.get("id") for control in controls} == labelled


@pytest.mark.parametrize("form", [Sheet(), Sheet({})], ids=["empty", "in error"])
def test_ids_are_unique_and_every_description_exists(form):
    page = page_of(form)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {word for described in page.xpath("//@aria-describedby") for word in described.split()} <= set(ids)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f".//input{is_('govuk-input')}{is_('govuk-input--width-20')}[@type='text']", "title"),
        (f".//textarea{is_('govuk-textarea')}[@rows='4']", "why"),
        (f".//select{is_('govuk-select')}", "board"),
        (".//select//optgroup[@label='Old boards']//option", None),
        (
            f".//*{is_('govuk-radios')}{is_('govuk-radios--small')}[@data-module='govuk-radios']//input{is_('govuk-radios__input')}",
            "kind",
        ),
        (
            f".//*{is_('govuk-checkboxes')}[@data-module='govuk-checkboxes']//input{is_('govuk-checkboxes__input')}[@value='2']",
            "evidence",
        ),
        (f".//*{is_('govuk-checkboxes__item')}/input{is_('govuk-checkboxes__input')}", "evidence"),
        (f".//input{is_('govuk-input')}[@inputmode='numeric'][@type='text']", "due_on_day"),
        (f".//input{is_('govuk-input')}[@type='email']", "email"),
        (f".//input{is_('govuk-input')}[@type='url']", "site"),
        (f".//input{is_('govuk-input')}[@type='text'][not(@inputmode)][@name='held']", "held"),
        (f".//input{is_('govuk-file-upload')}[@type='file']", "paper"),
        (f".//*[@data-module='govuk-password-input']//input{is_('govuk-input')}[@type='password']", "word"),
    ],
)
def test_each_control_is_its_govuk_component(path, name):
    found = page_of(Sheet()).xpath(path)
    assert found
    assert found[0].get("name") == name


def test_questions_of_several_controls_are_fieldsets_with_a_legend():
    legends = [legend.text_content() for legend in page_of(Sheet()).xpath(f".//fieldset{is_('govuk-fieldset')}/legend")]
    assert legends == ["Due date", "Kind", "Evidence"]


def test_a_choice_carries_its_hint():
    [radio] = page_of(Sheet()).xpath(".//input[@type='radio'][@aria-describedby]")
    assert radio.get("value") == "do"
    assert page_of(Sheet()).get_element_by_id(radio.get("aria-describedby")).text_content() == "Act"


def test_the_browser_neither_refuses_nor_cuts_what_is_typed():
    page = page_of(Sheet())
    assert not page.xpath(
        ".//*[@required] | .//*[@maxlength] | .//*[@minlength] | .//*[@min] | .//*[@max] | .//*[@type='number']"
    )


def test_what_was_answered_is_shown_again():
    page = page_of(Sheet(answers(title="Much too long", item="many", kind="consider", evidence=["2"], read="on")))
    assert page.xpath(".//*[@name='title']")[0].get("value") == "Much too long"
    assert page.xpath(".//*[@name='item']")[0].get("value") == "many"
    assert [
        box.get("value") for box in page.xpath(".//*[@type='radio'][@checked] | .//*[@type='checkbox'][@checked]")
    ] == ["consider", "2", None]
    assert page.xpath(".//*[@name='board']//option[@selected]")[0].get("value") == "1"
    assert page.xpath(".//textarea")[0].text.strip() == "It was sent"


def test_a_password_is_not_shown_again():
    assert page_of(Sheet(answers(word="secret"))).xpath(".//*[@name='word']")[0].get("value") is None


def test_a_disabled_question_is_disabled():
    form = Sheet()
    form.fields["title"].disabled = form.fields["kind"].disabled = True
    assert len(page_of(form).xpath(".//*[@name='title'][@disabled] | .//*[@name='kind'][@disabled]")) == 3


# Errors


def test_an_error_is_marked_on_the_group_said_and_pointed_at():
    page = page_of(Sheet(answers(title="")))
    [group] = page.xpath(f".//*{is_('govuk-form-group--error')}")
    [control] = group.xpath(f".//input{is_('govuk-input--error')}[@aria-invalid='true']")
    assert control.get("aria-describedby") == "id_title_helptext id_title_error"
    assert " ".join(group.xpath(".//p[@id='id_title_error']")[0].text_content().split()) == "Error: Enter the title"


def test_several_errors_of_one_question_stand_in_one_message():
    form = Sheet(answers())
    form.add_error("title", ["First", "Second"])
    [message] = page_of(form).xpath(f".//p{is_('govuk-error-message')}")
    assert len(message.xpath(".//br")) == 1


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("title", "", "Enter the title"),
        ("title", "Too long", "Title must be 5 characters or fewer; it has 8"),
        ("why", "", "Enter the answer to “What happened?”"),
        ("why", "no", "The answer to “What happened?” must be 3 characters or more"),
        ("kind", "", "Select the kind"),
        ("kind", "wish", "Select the kind from the list"),
        ("evidence", ["9"], "Select the evidence from the list"),
        ("read", "", "Tick “I have read it” to go on"),
        ("item", "x", "Item number must be a whole number, like 12"),
        ("item", "0", "Item number must be 1 or more"),
        ("item", "41", "Item number must be 40 or less"),
        ("email", "", "Enter the e-mail address"),
        ("email", "a", "Enter an e-mail address in the correct format, like name@example.org"),
        ("word", "", "Enter your password"),
    ],
)
def test_an_error_is_a_sentence_that_says_what_to_do(name, answer, sentence):
    assert error(name, **{name: answer}) == sentence


def test_an_empty_file_is_named():
    form = Sheet(answers(), {"paper": SimpleUploadedFile("a.txt", b"")})
    assert form.errors["paper"] == ["The selected file is empty: select another"]


def test_a_label_may_be_an_acronym_a_per_cent_sign_or_a_clause():
    class Share(GovukFormMixin, forms.Form):
        nhs = forms.CharField(label="NHS body")
        done = forms.IntegerField(label="% done", max_value=100)
        stands = forms.ChoiceField(label="Where it stands", choices=BOARDS)

    form = Share({"nhs": "", "done": "101"})
    assert list(form.errors.values()) == [
        ["Enter the NHS body"], ["% done must be 100 or less"], ["Select where it stands"]
    ]  # fmt: skip


def test_a_message_of_the_fields_own_stays():
    class Own(GovukFormMixin, forms.Form):
        reason = forms.CharField(error_messages={"required": "Say why it moved"})

    assert Own({}).errors["reason"] == ["Say why it moved"]


# The summary at the top


def summary(questions):
    page = html.fromstring("<main>" + render_to_string("includes/error_summary.html", {"forms": questions}) + "</main>")
    return {link.get("href"): link.text for link in page.xpath(f".//*{is_('govuk-error-summary')}//a")}


def test_every_link_of_the_summary_leads_to_a_control():
    form = Sheet({})
    form.add_error(None, "Somebody else saved this first")
    targets = set(page_of(form).xpath("//@id"))
    assert {href.removeprefix("#") for href in summary(form)} <= targets
    assert len(summary(form)) == 10


@pytest.mark.parametrize(
    ("changes", "href"),
    [
        ({"kind": ""}, "#id_kind_0"),
        ({"evidence": []}, "#id_evidence_0_0"),
        ({"due_on_year": ""}, "#id_due_on_2"),
        ({"title": ""}, "#id_title"),
    ],
)
def test_the_summary_leads_to_the_first_control_of_the_question(changes, href):
    assert list(summary(Sheet(answers(**changes)))) == [href]


def test_there_is_no_summary_where_nothing_is_wrong():
    assert summary(Sheet(answers())) == summary(Sheet()) == summary(None) == {}


def test_a_question_without_choices_still_has_a_place_to_lead_to():
    class Nothing(GovukFormMixin, forms.Form):
        one = forms.ChoiceField(choices=[], widget=Radios)

    assert summary(Nothing({})) == {"#id_one": "Select the one"}


def test_what_is_wrong_with_the_whole_form_is_said_in_it_and_in_the_summary():
    form = Sheet(answers())
    form.add_error(None, "Somebody else saved this first")
    assert summary(form) == {"#form-errors": "Somebody else saved this first"}
    assert "Somebody else saved this first" in page_of(form).get_element_by_id("form-errors").text_content()


class Line(GovukFormMixin, forms.Form):
    text = forms.CharField()


Lines = forms.formset_factory(Line, extra=0, min_num=2, validate_min=True)


def test_a_formset_is_rendered_with_all_its_errors():
    sent = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-MIN_NUM_FORMS": "2",
        "form-MAX_NUM_FORMS": "9",
        "form-0-text": "",
    }
    lines = Lines(sent | {"form-0-text": "x"})
    assert list(summary(lines)) == ["#form-errors"]
    assert page_of(lines).xpath(f".//*[@id='form-errors']//*{is_('govuk-error-message')}")
    assert len(page_of(Lines()).xpath(f".//*{is_('app-formset-row')}//*{is_('govuk-form-group')}")) == 2


def test_a_list_of_forms_has_one_summary():
    assert list(summary([Line({}, prefix="a"), Line({}, prefix="b")])) == ["#id_a-text", "#id_b-text"]


# A file that is there already


class Stored:
    url = "/files/1"

    def __str__(self):
        return "report.docx"


class Paper(forms.Form):
    paper = forms.FileField(required=False)


def test_a_stored_file_is_shown_and_can_be_taken_away():
    page = page_of(Paper(initial={"paper": Stored()}))
    assert page.xpath(".//a[@href='/files/1']")[0].text == "report.docx"
    assert page.xpath(".//input[@type='checkbox'][@name='paper-clear']")


# Signing in


def test_signing_in_asks_in_our_words():
    form = SignInForm({})
    assert form.errors == {"login": ["Enter your e-mail address"], "password": ["Enter your password"]}
    assert not page_of(form).xpath(".//*[@autofocus]")
    assert page_of(form).xpath(".//*[@type='email'][@autocomplete='username']")


def test_changing_the_password_asks_in_our_words():
    form = PasswordForm(None, {})
    assert form.errors["new_password1"] == ["Enter your new password"]
    assert not page_of(form).xpath(".//*[@autofocus]")
