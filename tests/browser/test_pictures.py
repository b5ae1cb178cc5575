"""The charts of the dashboard draw what their tables say, for whoever looks and however."""

import pytest
from playwright.sync_api import expect

from tests.browser import pages

PAPER = {"width": 718, "height": 1000}
# What each chart has drawn, and what stands in the columns of its table.
DRAWN = """() => [...document.querySelectorAll('canvas[data-chart]')].map(({ chart }) =>
    chart.data.datasets.map(({ label, data }) => [label, data]))"""
TOLD = """() => [...document.querySelectorAll('canvas[data-chart]')].map(({ dataset }) => {
    const table = document.getElementById(dataset.table)
    return dataset.columns.split(' ').map(column => [
        table.tHead.rows[0].cells[column].innerText,
        [...table.tBodies[0].rows].map(row => Number(row.cells[column].innerText)),
    ])
})"""
# How many colours each chart is made of: one that drew nothing has a single one.
COLOURS = """() => [...document.querySelectorAll('canvas[data-chart]')].map(canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return new Set(new Uint32Array(data.buffer)).size
})"""
SEEN = """() => [...document.querySelectorAll('canvas[data-chart]')].map(canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set()
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) seen.add([...data.slice(at, at + 3)].join())
    return [...seen]
})"""
# By what the series of the chart of what was overdue, and of the last one, are told apart beside their colours.
MARKS = """() => {
    const charts = [...document.querySelectorAll('canvas[data-chart]')].map(({ chart }) => chart.data.datasets)
    return [
        charts[1].map(({ borderDash, pointStyle }) => `${borderDash} ${pointStyle}`),
        charts.at(-1).map(({ backgroundColor }) => String(backgroundColor)),
    ]
}"""


def dashboard(page, **query):
    page.goto(pages.address("dashboard", **query))
    expect(page.locator("canvas[data-chart]").first).to_be_visible()
    # The tables are folded away once all is drawn.
    page.wait_for_selector("details.app-picture__numbers:not([open])")
    return page


@pytest.mark.parametrize("who", ["clerk", "member"])
def test_every_chart_draws_what_its_table_says(page_of, who):
    page = dashboard(page_of(who))
    page.locator("details.app-picture__numbers").evaluate("folded => folded.open = true")
    drawn = page.evaluate(DRAWN)
    assert drawn == page.evaluate(TOLD)
    assert len(drawn) == page.locator(".app-picture canvas").count() >= 8


LOOKS = {
    "at ease": {"reduced_motion": "no-preference"},
    "without movement": {"reduced_motion": "reduce"},
    "in colours of one's own": {"forced_colors": "active"},
    "in those of the night": {"color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_chart_is_drawn_at_once(page_of, look):
    page = page_of("member")
    page.emulate_media(**LOOKS[look])
    assert min(dashboard(page).evaluate(COLOURS)) > 2


def test_in_forced_colours_a_chart_has_those_alone(page_of):
    """White on black here: the palette of a dark scheme. What is half covered by a line is opaque nowhere."""
    page = dashboard(page_of("member", forced_colors="active", color_scheme="dark"))
    ours = {"18,67,109", "128,22,80", "24,122,112", "11,12,12"}
    assert not [seen for seen in page.evaluate(SEEN) if ours & set(seen)]


def test_lines_differ_in_dashes_and_marks_and_bars_in_hatching(page_of):
    page = dashboard(page_of("member"))
    lines, bars = page.evaluate(MARKS)
    assert len(set(lines)) == 3
    assert bars[1] == "[object CanvasPattern]" != bars[0]


def test_paper_has_every_chart_within_its_edges_and_every_table(page_of):
    page = dashboard(page_of("member", viewport=PAPER))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    widths = page.evaluate(
        "[...document.querySelectorAll('canvas')].map(canvas => canvas.getBoundingClientRect().right)"
    )
    assert max(widths) <= PAPER["width"]
    assert all(table.is_visible() for table in page.locator(".app-picture table tbody").all())


def test_without_script_there_are_the_tables(page_of):
    page = page_of("member", java_script_enabled=False)
    page.goto(pages.address("dashboard"))
    expect(page.locator("#by-month-table")).to_be_visible()
    assert not any(canvas.is_visible() for canvas in page.locator("canvas").all())


def test_the_keyboard_passes_by_the_charts(page_of):
    """From the fold under the first picture straight to the table of the next."""
    page = dashboard(page_of("member"))
    page.locator("details.app-picture__numbers summary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Answers by kind"
