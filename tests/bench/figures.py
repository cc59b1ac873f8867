"""The figures of a benchmark run, and its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figures:
    """What was measured: the build that the table shows, the same with workers, annotation beside a CNN, larger builds.

    Those that grow have workers, too. ``at_once`` is the build of the table as many times at once as there are workers.
    """

    whole: dict[str, Any]
    workers: dict[str, Any]
    at_once: list[dict[str, Any]]
    annotation: dict[str, Any]
    growth: list[dict[str, Any]] = field(default_factory=list)

    def stages(self) -> Iterator[tuple[str, float, float, float, float]]:
        """Yield (stage, seconds of the processor, share, articles a second, words a second), the whole last."""
        total = self.whole["processor"]
        rest = total - sum(self.whole["stages"].values())
        for name, seconds in {**self.whole["stages"], "all else": rest, "end to end": total}.items():
            seconds = max(seconds, 1e-9)
            yield name, seconds, seconds / total, self.whole["articles"] / seconds, self.whole["words"] / seconds

    @property
    def end_to_end(self) -> float:
        """Words a second of processor time from file to resolved store."""
        return float(self.whole["words"] / self.whole["processor"])

    @property
    def of_annotation(self) -> float:
        """The end-to-end rate as a share of that of the annotation in the same build."""
        return float(self.whole["stages"]["annotate"] / self.whole["processor"])

    @property
    def speed_up(self) -> float:
        """How many times as fast the build is with its workers, by the clock, loading included."""
        return float(self._alone / self.workers["seconds"])

    @property
    def gained_at_once(self) -> float:
        """How many builds are done in the time of one where they share only the machine: the most that workers can give."""
        return float(len(self.at_once) * self._alone / max(build["loading"] + build["seconds"] for build in self.at_once))

    @property
    def _alone(self) -> float:
        return float(self.whole["loading"] + self.whole["seconds"])

    @property
    def by_the_clock(self) -> float:
        """Words a second by the clock from file to resolved store, with the workers, loading included."""
        return float(self.workers["words"] / self.workers["seconds"])

    def costs(self) -> list[tuple[int, float, float, float, float]]:
        """Return (articles, milliseconds an article, MiB: peak, that of all workers, store) of the builds that grow."""
        return [
            (g["articles"], 1000 * g["processor"] / g["articles"], g["memory"][-1], max(g["below"], default=0), g["store"])
            for g in self.growth
        ]

    def lines(self) -> Iterator[str]:
        """Yield the table."""
        whole = self.whole
        counts = (f"{whole[name]:,} {name}" for name in ("articles", "words", "triples", "failures"))
        yield ", ".join(counts)
        yield f"{'stage':<12} {'s':>8} {'share':>7} {'articles/s':>11} {'words/s':>11}"
        for name, seconds, share, articles, words in self.stages():
            yield f"{name:<12} {seconds:>8.1f} {share:>7.1%} {articles:>11,.1f} {words:>11,.0f}"
        memory = ", ".join(f"{m:,.0f}" for m in whole["memory"])
        yield f"{'end to end / annotation':<40} {self.of_annotation:>8.2f}"
        yield f"{'end to end / spaCy CNN, small':<40} {self.end_to_end / self.annotation['cnn']:>8.2f}"
        yield f"{'annotation alone, after warm-up':<40} {self.annotation['ours']:>8,.0f} words/s"
        yield f"{'texts read for the first time':<40} {self.annotation['first']:>8,.0f} words/s"
        yield f"{'spaCy CNN: tagger, parser, NER':<40} {self.annotation['cnn']:>8,.0f} words/s (tok2vec width 96, depth 4)"
        yield f"{'annotation / spaCy CNN':<40} {self.annotation['ours'] / self.annotation['cnn']:>8.2f}"
        jobs, clock = self.workers["jobs"], self.by_the_clock
        yield f"{f'end to end by the clock, {jobs} workers':<40} {clock:>8,.0f} words/s"
        yield f"{'by the clock / annotation alone':<40} {clock / self.annotation['ours']:>8.2f}"
        yield f"{'by the clock / spaCy CNN':<40} {clock / self.annotation['cnn']:>8.2f}"
        yield f"{f'1 -> {jobs} workers, by the clock':<40} {self.speed_up:>8.2f}"
        yield f"{f'{jobs} builds at once / one':<40} {self.gained_at_once:>8.2f} (what the machine's cores give)"
        yield f"{'peak memory as the articles went by':<40} {memory} MiB"
        yield f"{'store':<40} {whole['store']:>8.1f} MiB, {1024 * whole['store'] / whole['articles']:.0f} KiB an article"
        for articles, cost, peak, below, store in self.costs():
            memory = f"{peak:,.0f} MiB, workers {below:,.0f} MiB"
            yield f"{f'growth: {articles:,} articles':<40} {cost:>8.1f} ms an article, {memory}, store {store:,.0f} MiB"
