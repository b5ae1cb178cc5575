"""How long the reader takes: seconds per megabyte of text, by layout and format, and time against length.

    python -m benchmarks.read_minutes                      every layout in every format, then every attack as text
    python -m benchmarks.read_minutes --length [--plot reading.svg]    time against length, up to 5 MB

Each figure is the best of a few runs in one process, without start-up. "Growth" is the time for four times the text over four
times the time: 1.0 is linear.
"""

import argparse
import sys
import time

from benchmarks.plot import plot
from recommendations.minutes import parser, pdf_files, sources
from recommendations.minutes.paragraphs import join_lines
from tests.minutes import papers
from tests.minutes.layouts import ATTACKS, LAYOUTS

RUNS = 3
SHORT, LONG = 1_000, 4_000  # entries of a document
# The characters of an attack: of lines this short, a megabyte has hundreds of thousands.
ATTACK = 50_000
LENGTHS = (312_500, 625_000, 1_250_000, 2_500_000, 5_000_000)
# Of each kind one: what is usual, what is hard, and what only an attacker writes.
BY_LENGTH = (
    "numbered",
    "wrapped lines",
    "a whole meeting",
    "people without end",
    "all on one line",
    "brackets within brackets",
    "headings on one line",
    "decisions without marks",
)


def length_of(lines):
    return sum(len(line) + 1 for line in lines)


def of_length(layout, characters):
    """Minutes in a layout, as long as that or a little shorter."""
    sample = 400
    return layout(max(8, sample * characters // length_of(layout(sample))))


def lines_of(data):
    """As `sources` does, but a PDF in this process, whose time is taken."""
    if data.startswith(b"%PDF"):
        return [join_lines(parts) for parts in pdf_files.paragraphs_of_pdf(data)]
    return sources.lines_of(data)


def time_of(data, runs=RUNS):
    """In seconds of the processor: what else the machine does makes them no longer."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        parser.read(lines_of(data))
        times.append(time.process_time() - begun)
    return min(times)


def measure(lines_of_size, form, short, long):
    """Seconds per megabyte, microseconds per line, and growth."""
    documents = [lines_of_size(size) for size in (short, long)]
    quick, slow = (time_of(papers.FORMATS[form](lines)) for lines in documents)
    megabytes = [length_of(lines) / 1e6 for lines in documents]
    lines = sum(bool(line.strip()) for line in documents[1])
    return slow / megabytes[1], 1e6 * slow / lines, (slow / quick) / (megabytes[1] / megabytes[0])


def show(layout, form, lines_of_size, short, long):
    try:
        per_megabyte, per_line, growth = measure(lines_of_size, form, short, long)
    except sources.Unreadable as refusal:
        print(f"{layout:34}{form:8}  refused: {refusal}")
    else:
        print(f"{layout:34}{form:8}{per_megabyte:10.2f}{per_line:13.0f}{growth:8.2f}", flush=True)


def by_layout():
    print(f"{'layout':34}{'format':8}{'s per MB':>10}{'µs per line':>13}{'growth':>8}")
    for layout, lines_of_size in LAYOUTS.items():
        for form in papers.FORMATS:
            show(layout, form, lines_of_size, SHORT, LONG)
    for attack, lines_of_size in ATTACKS.items():
        show(attack, "txt", lambda size, lines=lines_of_size: of_length(lines, size), ATTACK, 4 * ATTACK)


def by_length(file):
    series = {}
    print(f"{'seconds for':34}" + "".join(f"{length / 1e6:>8.2f} MB" for length in LENGTHS))
    for layout in BY_LENGTH:
        documents = [of_length((LAYOUTS | ATTACKS)[layout], length) for length in LENGTHS]
        series[layout] = [(length_of(lines) / 1e6, time_of(papers.as_text(lines), runs=1)) for lines in documents]
        print(f"{layout:34}" + "".join(f"{seconds:>11.2f}" for _, seconds in series[layout]), flush=True)
    if file:
        file.write(plot(series, "megabytes of text", "seconds to read"))


def main():
    arguments = argparse.ArgumentParser(description="How long the reader of minutes takes.")
    arguments.add_argument("--length", action="store_true", help="time against length, up to 5 MB")
    arguments.add_argument("--plot", type=argparse.FileType("w", encoding="utf-8"), help="and draw it into this SVG")
    chosen = arguments.parse_args()
    by_length(chosen.plot) if chosen.length or chosen.plot else by_layout()


if __name__ == "__main__":
    sys.exit(main())
