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
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    with (
        serving.served(asked.database, folder / "site.log") as site,
        serving.served(asked.database, folder / "floor.log", "benchmarks.floor.settings") as floor,
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
    times = visiting.rounds(visits, seconds=seconds)
    found = {name: summary(seconds) for name, seconds in times.items()}
    for name, beside in FLOOR_OF.items():
        found[name]["floor"] = found[f"floor: {beside}"]["p50"]
        found[name]["times the floor"] = ratio(found[name]["p50"], found[name]["floor"])
    return found


def tell(found):
    print(f"{'page':28}{'p50 ms':>9}{'p95 ms':>9}{'samples':>9}{'floor':>9}{'ratio':>7}")
    for name, each in found.get("pages", {}).items():
        times = each.get("times the floor", "")
        print(f"{name:28}{each['p50']:>9}{each['p95']:>9}{each['samples']:>9}{each.get('floor', ''):>9}{times:>7}")
    print(json.dumps({name: each for name, each in found.items() if name != "pages"}, indent=1))


if __name__ == "__main__":
    sys.exit(main())
