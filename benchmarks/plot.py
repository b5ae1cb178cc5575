"""Lines over two axes, drawn as SVG: enough to see whether something grows in a straight line."""

from html import escape

WIDTH, HEIGHT, LEFT, BELOW, LEGEND = 720, 420, 60, 50, 240
COLOURS = ("#1d70b8", "#d4351c", "#00703c", "#f47738", "#4c2c92", "#0b0c0c", "#28a197", "#d53880", "#b58840")
MARKS = 5


def plot(series, across, up):
    """The SVG of {name: [(x, y), …]}, with the axes named and a name beside each colour."""
    most_x = max(x for points in series.values() for x, _ in points)
    most_y = max(y for points in series.values() for _, y in points)

    def place(x, y):
        return LEFT + x / most_x * (WIDTH - LEFT), HEIGHT - BELOW - y / most_y * (HEIGHT - BELOW - 20)

    parts = [*_axes(most_x, most_y, across, up, place)]
    for number, (name, points) in enumerate(series.items()):
        parts.extend(_line(name, [place(x, y) for x, y in points], COLOURS[number % len(COLOURS)], 30 + 22 * number))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + LEGEND} {HEIGHT}" font-family="sans-serif"'
        f' font-size="13"><rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    )


def _axes(most_x, most_y, across, up, place):
    for step in range(MARKS + 1):
        x, y = most_x * step / MARKS, most_y * step / MARKS
        left, bottom = place(x, 0)
        yield f'<text x="{left:.0f}" y="{bottom + 18:.0f}" text-anchor="middle">{x:.1f}</text>'
        left, height = place(0, y)
        yield f'<text x="{left - 8:.0f}" y="{height + 4:.0f}" text-anchor="end">{y:.1f}</text>'
        yield f'<path d="M{left} {height:.1f}H{WIDTH}" stroke="#b1b4b6" stroke-width="0.5"/>'
    yield f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(across)}</text>'
    yield f'<text transform="translate(16 {HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'


def _line(name, points, colour, height):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    yield f'<path d="M{WIDTH + 14} {height - 4}h20" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{WIDTH + 40}" y="{height}">{escape(name)}</text>'
