"""Reads a page as a person does: its heading, what it says, its tables, where its links lead, what it complains of."""

from functools import cached_property

from django.urls import Resolver404, resolve, reverse
from lxml import html

# Of the pages of one kind, so many are walked to: enough for every state that the demonstration holds.
SO_MANY = 5
TYPED = " and ".join(f"not(@type='{kind}')" for kind in ("checkbox", "radio", "file", "submit"))


def words_of(element):
    return " ".join(element.text_content().split())


class Page:
    """One answer of the site, or the page it led on to."""

    def __init__(self, response):
        self.status = response.status_code
        self.address = response.request["PATH_INFO"]
        self.redirects = [address for address, _ in getattr(response, "redirect_chain", [])]
        self.html = html.document_fromstring(response.content or b"<html/>")
        for line_break in self.html.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")

    @cached_property
    def main(self):
        return self.html.get_element_by_id("main-content")

    @property
    def heading(self):
        return words_of(self.main.find(".//h1"))

    @property
    def title(self):
        return words_of(self.html.find(".//title"))

    @cached_property
    def text(self):
        return words_of(self.main)

    @property
    def rows(self):
        """The cells of every row of the page's first table, in words."""
        bodies = self.main.xpath(".//table/tbody")
        return [[words_of(cell) for cell in row] for row in bodies[0]] if bodies else []

    @property
    def columns(self):
        return [words_of(cell) for cell in self.main.xpath("(.//table)[1]/thead/tr/th")]

    def links(self, within="."):
        """{words: address} of the links in a part of the page, given as an XPath."""
        return {words_of(link): link.get("href") for link in self.main.xpath(f"{within}//a[@href]")}

    def part(self, anchor):
        """What stands under the heading with this id, up to the next heading of its rank or the page's end."""
        heading = self.html.get_element_by_id(anchor)
        told = []
        for element in heading.itersiblings():
            if element.tag == heading.tag:
                break
            told.append(words_of(element))
        return " ".join(told)

    @property
    def errors(self):
        """The sentences of the error summary."""
        return [words_of(item) for item in self.main.xpath(".//*[contains(@class, 'govuk-error-summary')]//li")]

    @property
    def banner(self):
        found = self.main.xpath(".//*[contains(@class, 'govuk-notification-banner__heading')]")
        return words_of(found[0]) if found else ""

    @property
    def fields(self):
        """{name: value} of what the page's form would send as it stands, as a browser does."""
        form = self.main.xpath(".//form[@method='post'][not(@data-passkey)]")[-1]
        # lxml leaves out boxes without a value, which a browser sends empty.
        sent = {name: [""] for name in form.xpath(f".//input[not(@value)][{TYPED}]/@name")}
        for name, value in form.form_values():
            # The first line break of a text area belongs to the markup.
            sent.setdefault(name, []).append(value.removeprefix("\n"))
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}

    @property
    def timeline(self):
        """The entries of the timeline, in words."""
        return [words_of(entry) for entry in self.main.xpath(".//*[@class='app-timeline']/li")]


def content_of(response):
    """What was sent, read to its end: that closes a download, where `close()` would close the database with it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(client, address):
    return Page(client.get(address))


def walk(client, names):
    """(address, page) of all that can be reached by links from the pages of these names, a few of each kind."""
    waiting, opened = [reverse(name) for name in names], {}
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        seen = opened.setdefault(kind_of(address), set())
        if address in seen or len(seen) == SO_MANY:
            continue
        seen.add(address)
        response = client.get(address, follow=True)
        if response.streaming:
            # A file.
            content_of(response)
            continue
        page = Page(response)
        waiting += [link for link in page.html.xpath("//a/@href") if link.startswith("/")]
        yield address, page


def kind_of(address):
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return None


def go_on(client, page, **answers):
    """Fill in `answers` over what stands in the form of a page, and send it; follows to the page it leads to."""
    return Page(client.post(page.address, page.fields | spelled_out(answers), follow=True))


def send(client, address, **answers):
    """Open the form, fill in `answers` over what stands in it, and send it; follows to the page it leads to.

    A date may be given as a date.
    """
    asked = read(client, address)
    assert asked.status == 200, f"{address} answered {asked.status}"
    return go_on(client, asked, **answers)


def spelled_out(answers):
    """The answers as a browser sends them: a date in its three boxes."""
    sent = {}
    for name, value in answers.items():
        if hasattr(value, "strftime"):
            sent |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            sent[name] = getattr(value, "pk", value)
    return sent
