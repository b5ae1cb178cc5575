"""How long the reader takes: seconds per megabyte of text, by layout and format. `python -m benchmarks.read_minutes`

Each figure is the best of three runs in one process, without start-up. "Growth" is the time for four times the text over
four times the time: 1.0 is linear.
"""

import html
import sys
import time
from xml.sax.saxutils import escape

from recommendations.minutes import parser, sources
from tests.minutes import papers
from tests.minutes.layouts import LAYOUTS

RUNS = 3
SHORT, LONG = 1_000, 4_000  # entries of a document
MOST_PAGES, LINES_A_PAGE = 500, 60


def as_text(lines):
    return "\n".join(lines).encode()


def as_web_page(lines):
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines).encode()


def as_word(lines):
    return papers.word("".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines))


def as_pdf(lines):
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    plain = [[line.encode("latin-1", "replace").decode("latin-1") for line in page] for page in pages]
    plain = [[line.replace("\\", " ").replace("(", "[").replace(")", "]") for line in page] for page in plain]
    return papers.pdf([[(40, 800 - 12 * at, line) for at, line in enumerate(page)] for page in plain[:MOST_PAGES]])


FORMATS = {"txt": as_text, "html": as_web_page, "docx": as_word, "pdf": as_pdf}


def best_time(data, name):
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        parser.read(sources.lines_of(data, name))
        times.append(time.perf_counter() - begun)
    return min(times)


def measure(lines_of_size, form, make):
    short, long = lines_of_size(SHORT), lines_of_size(LONG)
    quick, slow = (best_time(make(lines), f"minutes.{form}") for lines in (short, long))
    megabytes = [sum(len(line) + 1 for line in lines) / 1e6 for lines in (short, long)]
    return slow / megabytes[1], (slow / quick) / (megabytes[1] / megabytes[0])


def main():
    print(f"{'layout':32}{'format':8}{'s per MB':>10}{'growth':>8}")
    for layout, lines_of_size in LAYOUTS.items():
        for form, make in FORMATS.items():
            try:
                per_megabyte, growth = measure(lines_of_size, form, make)
            except sources.Unreadable as refusal:
                print(f"{layout:32}{form:8}  refused: {refusal}")
                continue
            print(f"{layout:32}{form:8}{per_megabyte:10.2f}{growth:8.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
