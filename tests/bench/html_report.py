"""The figures of a benchmark run as one page with plots, which fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tests.bench.figures import Figures

WIDTH, HEIGHT, LEFT, BELOW = 640, 240, 90, 40  # pixels
STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #ddd}
td:first-child,th:first-child{text-align:left}svg{width:100%;height:auto}text{font-size:12px;fill:#333}
.bar{fill:#2b6a99}.line{fill:none;stroke:#2b6a99;stroke-width:2}.dot{fill:#2b6a99}.axis{stroke:#999}pre{overflow:auto}"""


def page(figures: Figures) -> str:
    """Return the page."""
    stages = list(figures.stages())
    costs = figures.costs()
    memory = [(100 * (k + 1) / len(figures.whole["memory"]), m) for k, m in enumerate(figures.whole["memory"])]
    rates = {
        "from file to store": figures.end_to_end,
        "annotation alone": figures.annotation["ours"],
        "first reads": figures.annotation["first"],
        "spaCy CNN": figures.annotation["cnn"],
    }
    plots = [
        ("Words a second, one process", _bars(rates)),
        ("Processor time by stage, seconds", _bars({name: seconds for name, seconds, *_ in stages[:-1]})),
        ("Peak memory (MiB) as the articles went by (%)", _line(memory)),
        ("Milliseconds an article by number of articles", _line([(n, cost) for n, cost, _, _, _ in costs])),
        ("Peak memory (MiB) by number of articles", _line([(n, peak) for n, _, peak, _, _ in costs])),
        ("Store (MiB) by number of articles", _line([(n, store) for n, _, _, _, store in costs])),
        ("Time by the clock with one process and with workers, seconds", _bars(_clock(figures))),
        ("Annotation by component, µs a word", _bars(figures.annotation["components"])),
    ]
    drawn = "".join(f"<h2>{escape(title)}</h2>{plot}" for title, plot in plots)
    table = escape("\n".join(figures.lines()))
    head = f'<meta charset="utf-8"><title>Lagebild: benchmark</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}<h1>What a build takes</h1><pre>{table}</pre>{drawn}</html>\n'


def _clock(figures: Figures) -> dict[str, float]:
    alone = figures.whole["loading"] + figures.whole["seconds"]
    return {"1 process": alone, f"{figures.workers['jobs']} workers": figures.workers["seconds"]}


def _bars(values: dict[str, float]) -> str:
    """Draw a bar a value, with its name and number."""
    most, step = max(values.values(), default=0) or 1, 24
    rows = []
    for k, (name, value) in enumerate(values.items()):
        y, length = k * step, (WIDTH - 260) * max(value, 0) / most
        rows.append(
            f'<text x="0" y="{y + 16}">{escape(name)}</text>'
            f'<rect class="bar" x="170" y="{y + 4}" width="{length:.1f}" height="16"/>'
            f'<text x="{176 + length:.1f}" y="{y + 16}">{_number(value)}</text>'
        )
    return f'<svg viewBox="0 0 {WIDTH} {step * len(values)}" role="img">{"".join(rows)}</svg>'


def _line(points: Sequence[tuple[float, float]]) -> str:
    """Draw a line through points, both axes from zero."""
    if not points:
        return "<p>not measured in this run</p>"
    most_x, most_y = (max(p[axis] for p in points) or 1 for axis in (0, 1))
    placed = [(LEFT + (WIDTH - LEFT - 40) * x / most_x, HEIGHT - BELOW - (HEIGHT - BELOW - 20) * y / most_y) for x, y in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dots = "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{_number(px)}: {_number(py)}</title></circle>'
        f'<text x="{x:.1f}" y="{HEIGHT - BELOW + 18}" text-anchor="middle">{_number(px)}</text>'
        for (x, y), (px, py) in zip(placed, points, strict=True)
    )
    floor = HEIGHT - BELOW
    axes = f'<line class="axis" x1="{LEFT}" y1="{floor}" x2="{WIDTH}" y2="{floor}"/><text x="0" y="24">{_number(most_y)}</text>'
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{axes}<polyline class="line" points="{path}"/>{dots}</svg>'


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
