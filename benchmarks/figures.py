"""What is made of measured times: percentiles, ratios, growth, and whether a budget holds."""

from dataclasses import dataclass


def percentile(values, share):
    """The value that `share` of the values do not exceed, between two neighbours in proportion, as spreadsheets have it."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def summary(seconds):
    """Of one kind of request, in milliseconds."""
    return {
        "p50": round(percentile(seconds, 0.5) * 1000, 2),
        "p95": round(percentile(seconds, 0.95) * 1000, 2),
        "samples": len(seconds),
    }


def ratio(one, other):
    return round(one / other, 2) if one is not None and other else None


@dataclass(frozen=True)
class Budget:
    """What is promised; `found` is None where this run did not measure it."""

    name: str
    most: float | None = None
    least: float | None = None
    found: float | None = None

    @property
    def holds(self):
        if self.found is None:
            return None
        return (self.most is None or self.found <= self.most) and (self.least is None or self.found >= self.least)

    @property
    def verdict(self):
        return {None: "not measured", True: "ok", False: "MISSED"}[self.holds]
