"""A result: product against floor, and the bound that the ratio must keep; results as a file and as a table."""

import statistics
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct


class BenchmarkError(Exception):
    """The product did not do what was to be measured; a number would mean nothing."""


class Result(Struct, frozen=True):
    """``ratio`` is product by floor, ``runs`` how often each of them was run."""

    name: str
    unit: str
    product: float
    floor: float
    ratio: float
    bound: float
    runs: int

    @property
    def is_within(self) -> bool:
        return self.ratio <= self.bound


def result(name: str, unit: str, sides: tuple[float, float], bound: float, runs: int) -> Result:
    """Make a result of product and floor, rounded to what can be meant."""
    product, floor = sides
    return Result(name, unit, round(product, 3), round(floor, 3), round(product / floor, 3), bound, runs)


def medians(name: str, unit: str, products: Sequence[float], floors: Sequence[float], bound: float) -> Result:
    """The result of runs of both sides, each by its median."""
    return result(name, unit, (statistics.median(products), statistics.median(floors)), bound, len(products))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


def write_results(results: Sequence[Result], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n")


def merged(results: Sequence[Result], path: Path, names: Sequence[str]) -> list[Result]:
    """The results that ``path`` holds, with those just measured in their place, in the order of ``names``."""
    kept = msgspec.json.decode(path.read_bytes(), type=list[Result]) if path.exists() else []
    known = {one.name: one for one in (*kept, *results)}
    return [known[name] for name in names if name in known]


def table(results: Sequence[Result]) -> list[str]:
    """Lines of a table; those beyond their bound stand last and are marked."""
    ordered = sorted(results, key=lambda one: not one.is_within)
    head = f"{'name':<24}{'product':>12}{'floor':>12}  {'unit':<8}{'ratio':>7}{'bound':>7}{'runs':>6}"
    return [head, *(_line(one) for one in ordered)]


def _line(one: Result) -> str:
    mark = "" if one.is_within else "  beyond its bound"
    sides = f"{one.product:>12,.3f}{one.floor:>12,.3f}"
    return f"{one.name:<24}{sides}  {one.unit:<8}{one.ratio:>7.2f}{one.bound:>7.2f}{one.runs:>6}{mark}"
