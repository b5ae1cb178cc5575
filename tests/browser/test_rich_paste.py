"""Pasting a web page into New minutes: its lists keep their numbers, and without an answer the plain words stand."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

PAGE = """<h2>Recommendations:</h2><p>The Board recommends:</p>
<ol start="3"><li>That officers review the guidance.</li><li>That the guidance be published.</li></ol>"""
WITH_NUMBERS = re.compile(r"3\. That officers review the guidance\.\n+4\. That the guidance be published\.")


@pytest.fixture
def page(page_of):
    """New minutes, with a page of a council's in the clipboard."""
    page = page_of("clerk")
    page.set_content(PAGE)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.goto(reverse("draft-new"))
    return page


def paste(page):
    box = page.get_by_label("Paste the minutes")
    box.focus()
    page.keyboard.press("Control+v")
    return box


def test_the_numbers_of_a_list_come_along(page, axe):
    box = paste(page)
    expect(box).to_have_value(WITH_NUMBERS)
    expect(page.get_by_role("status")).to_have_text("The lists of what you pasted are kept.")
    axe(page)


def test_it_goes_where_the_caret_stands(page):
    box = page.get_by_label("Paste the minutes")
    box.fill("Before.\n\nAfter.")
    box.evaluate("box => box.setSelectionRange(8, 8)")
    paste(page)
    expect(box).to_have_value(re.compile(rf"^Before\.\n.*{WITH_NUMBERS.pattern}.*After\.$", re.DOTALL))


def test_without_an_answer_the_plain_words_stand(page, console):
    page.route("**/minutes/lines/", lambda route: route.abort())
    box = paste(page)
    page.wait_for_timeout(300)
    expect(box).to_have_value(re.compile("That officers review the guidance."))
    assert "3. That" not in box.input_value()
    console.clear()


def test_who_types_on_meanwhile_keeps_what_they_see(page):
    held = []
    page.route("**/minutes/lines/", lambda route: held.append(route))
    box = paste(page)
    page.wait_for_timeout(300)
    page.keyboard.type(" And more.")
    held[0].continue_()
    page.wait_for_timeout(300)
    assert box.input_value().endswith("published. And more.")


def test_plain_words_ask_nobody(page_of, console):
    page, asked = page_of("clerk"), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reverse("draft-new"))
    box = page.get_by_label("Paste the minutes")
    box.fill("Recommendations:")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    paste(page)
    expect(box).to_have_value("Recommendations:")
    assert not [url for url in asked if url.endswith(reverse("draft-lines"))]
