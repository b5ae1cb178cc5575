"""What issue and house promise of the speed, held against the figures of a run."""

from benchmarks.figures import Budget, ratio

# The sizes that the budgets speak of.
SMALL, MIDDLE, LARGE = "10000", "100000", "1000000"


def budgets(sizes):
    """Of `sizes`, {size: figures}; what this run has not measured stays without a verdict."""
    return [*beside_the_floor(sizes), *growth(sizes), *changes(sizes), *files(sizes)]


def at(sizes, *keys):
    """The figure at the end of that path, or None."""
    for key in keys:
        sizes = sizes.get(key) if isinstance(sizes, dict) else None
    return sizes


def beside_the_floor(sizes):
    for page, times in (("dashboard, member", 2), ("dashboard, clerk", 2), ("one recommendation", 3)):
        for when in ("", " after a change"):
            found = at(sizes, MIDDLE, "pages", page, f"times the floor{when}")
            yield Budget(f"{page}, times its floor{when}, at 100,000", most=times, found=found)


def growth(sizes):
    for page in at(sizes, SMALL, "pages") or at(sizes, MIDDLE, "pages") or {}:
        for when in ("", " after a change"):
            if not page.startswith("floor"):
                large, small = (at(sizes, size, "pages", page, f"p50{when}") for size in (LARGE, SMALL))
                yield Budget(f"{page}, growth from 10,000 to 1,000,000{when}", most=1.3, found=ratio(large, small))


def changes(sizes):
    for way in ("by the verb", "by HTTP"):
        found = at(sizes, MIDDLE, "writes", way) or {}
        yield Budget(f"status changes a second {way}, at 100,000", least=300, found=found.get("a second"))
        rows = ratio(found["history rows"], found["done"]) if found.get("done") else None
        yield Budget(f"history rows for each change {way}", least=1, found=rows)


def files(sizes):
    whole, history = (at(sizes, MIDDLE, "exports", name) or {} for name in ("everything as CSV", "history as CSV"))
    yield Budget("CSV of 100,000, seconds", most=5, found=whole.get("seconds"))
    for name, found in (("CSV of 100,000", whole), ("history of 500,000 rows and more", history)):
        yield Budget(f"{name}, seconds to the first byte", most=0.25, found=found.get("first byte"))
        yield Budget(f"{name}, MB of memory more", most=50, found=found.get("memory growth"))
    for size in (MIDDLE, LARGE):
        found = at(sizes, size, "memory at the end")
        yield Budget(f"memory of the server in all, MB, at {int(size):,}", most=250, found=found)
