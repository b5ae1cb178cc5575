"""Measures one database: `python -m benchmarks.measure --database postgres://… [--only pages,writes,exports]`."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import serving
from benchmarks.figures import ratio, summary

PARTS = ("pages", "writes", "exports")


def arguments(given):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="Its address; a portfolio must be in it.")
    parser.add_argument("--only", default=",".join(PARTS), help="Which parts, with commas: pages,writes,exports.")
    parser.add_argument("--seconds", type=float, default=20, help="How long each part goes on, about.")
    parser.add_argument("--out", help="Write the figures there as JSON.")
    return parser.parse_args(given)


def main(given=None):
    asked = arguments(given)
    # Django reads its settings once, so they are set before it is there: the same as the server's.
    os.environ.update(serving.environment(asked.database))
    import django

    django.setup()
    found = measure(asked)
    if asked.out:
        Path(asked.out).write_text(json.dumps(found, indent=1))
    else:
        tell(found)


def measure(asked):
    from benchmarks.cast import Cast

    cast, found, parts = Cast(), {}, asked.only.split(",")
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        serving.served(asked.database, f"{folder}/site.log") as site,
        serving.served(asked.database, f"{folder}/floor.log", "benchmarks.floor.settings") as floor,
    ):
        found["memory at the start"] = site.memory()
        if "pages" in parts:
            found["pages"] = pages(cast, site, floor, asked.seconds)
        if "writes" in parts:
            from benchmarks import writing

            found["writes"] = writing.measure(cast, site, floor, asked.seconds / 4)
        if "exports" in parts:
            from benchmarks import exporting

            found["exports"] = exporting.measure(cast, site)
        found["memory at the end"] = site.memory()
    return found


def pages(cast, site, floor, seconds):
    from benchmarks import visiting
    from benchmarks.cast import FLOOR_OF, of_floor, of_site, session

    def openers(server):
        return lambda person: visiting.Visitor(server, session(person))

    visits = {f"floor: {name}": visit for name, visit in of_floor(cast, openers(floor)).items()}
    visits |= of_site(cast, openers(site))
    times, fresh = visiting.rounds(visits, change=cast.change, seconds=seconds)
    found = {name: summary(taken) for name, taken in times.items()}
    for name, beside in FLOOR_OF.items():
        floor_p50 = found[f"floor: {beside}"]["p50"]
        after = {f"{key} after a change": value for key, value in summary(fresh[name]).items() if key != "samples"}
        found[name] |= {"floor": floor_p50, "times the floor": ratio(found[name]["p50"], floor_p50), **after}
        found[name]["times the floor after a change"] = ratio(after["p50 after a change"], floor_p50)
    return found


def tell(found):
    from benchmarks import report

    print(report.of_size(found))


if __name__ == "__main__":
    sys.exit(main())
