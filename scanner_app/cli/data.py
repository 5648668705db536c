"""The commands that bring data into the central store and out of it: ``scanner central import``, ``export``."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from scanner_app.cli.printing import pour, say
from scanner_app.config import Loaded, central_url
from scanner_app.domain.harmless import harmless
from screens.charset.encoding import as_data

if TYPE_CHECKING:
    from sync.central.book.as_of import BookMoment
    from sync.central.database.store import CentralStore
    from sync.central.exports.listings import Selection
    from sync.central.imports.run import ImportReport

_SHOWN_MAX = 50
_ALL = "all"
_STDOUT = Path("-")


class _Words(click.ParamType):  # type: ignore[type-arg]  # generic from 8.5 on
    """A choice of words that only the centre knows: asked for when they are needed, as a database is slow to load."""

    name = "choice"

    def __init__(self, words: Callable[[], Sequence[str]]) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return click.Choice(self._words()).convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return click.Choice(self._words()).get_metavar(param, ctx)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str | None:
        return click.Choice(self._words()).get_missing_message(param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return click.Choice(self._words()).shell_complete(ctx, param, incomplete)


def _exports() -> Sequence[str]:
    from sync.central.exports.listings import LISTINGS

    return (_ALL, *LISTINGS)


def _formats() -> Sequence[str]:
    from sync.central.exports.lines import FORMATS
    from sync.central.exports.workbooks import FORMAT

    return (*FORMATS, FORMAT)


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--site", default="", help="The site; not needed when the table of sites has one row.")
@click.option("--map", "map_path", type=click.Path(path_type=Path), help="A TOML file: what columns are called.")
@click.option("--column", "columns", multiple=True, metavar="KIND:THEIRS=OURS", help="One column: items:Art=item.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave out rows that are refused, instead of taking nothing.")
@click.option("--deactivate-missing", is_flag=True, help="Rows that a table no longer lists go out of use.")
@click.option(
    "--missing-percent-max", type=click.IntRange(1, 100), default=20, show_default=True,
    help="Refuse a table that would take out of use more than this share of its rows.",
)  # fmt: skip
@click.option("--set-pins", is_flag=True, help="Set the PINs of the table also for operators who have one.")
@click.option("--report", "report_path", type=click.Path(path_type=Path), help="Write what was refused as CSV.")
@click.pass_obj
def import_(
    loaded: Loaded,
    source: Path,
    *,
    site: str,
    map_path: Path | None,
    columns: tuple[str, ...],
    dry_run: bool,
    skip_bad: bool,
    deactivate_missing: bool,
    missing_percent_max: int,
    set_pins: bool,
    report_path: Path | None,
) -> None:
    """Take master data and opening stock from SOURCE: a folder of CSV, JSON lines or XLSX tables, or one such file.

    All of it is taken or nothing. The same tables again change nothing. Ends with 1 when anything was refused.
    """
    import gc

    from sync.central.database.master_tables import IMPORTED
    from sync.central.imports.column_maps import read_maps, with_columns
    from sync.central.imports.run import Wish, run_import

    maps = with_columns(read_maps(map_path, IMPORTED) if map_path else {}, columns, IMPORTED)
    wish = Wish(site, skip_bad, dry_run, missing_percent_max if deactivate_missing else 0, set_pins)
    gc.disable()  # rows make no cycles, and looking for some takes a fifth of the time
    with _bar() as tell:
        report = run_import(open_central(loaded), source, time.time_ns() // 1000, wish, maps=maps, tell=tell)
    if report_path:
        _write_report(report, report_path)
    _print_report(report, dry_run)
    if report.refusals:
        sys.exit(1)


def _print_report(report: "ImportReport", is_trial: bool) -> None:
    for name, count in report.counts.items():
        if count.written or count.same:
            changes = (
                f"{count.new} new, {count.changed} changed, {count.deactivated} out of use, {count.same} as before"
            )
            say(f"{name}: {changes}")
        elif name in report.read:
            say(f"{name}: {report.read[name]} rows{', none of them taken' if report.read[name] else ''}")
    if "stock" in report.read:
        say(f"opening stock: {report.stock} rows {'booked' if report.is_taken else 'to book'}")
    for note in report.notes:
        say(f"! {note}")
    for refusal in report.refusals[:_SHOWN_MAX]:
        say(f"X {refusal}", err=True)
    if len(report.refusals) > _SHOWN_MAX:
        say(f"X and {len(report.refusals) - _SHOWN_MAX} more; --report FILE writes all of them.", err=True)
    if is_trial:
        say("This was a dry run: nothing was imported.")
    elif not report.is_taken:
        say("Nothing was imported. Correct these rows and import again.", err=True)


def _write_report(report: "ImportReport", path: Path) -> None:
    from sync.central.imports.refusal_report import report_lines

    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(report_lines(report))


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows progress on a terminal, and tells nobody elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _what, _rows, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")
        yield lambda what, rows, of: progress.update(task, description=harmless(what), completed=rows, total=of or None)


@click.command()
@click.argument("what", type=_Words(_exports))
@click.option("--format", "form", type=_Words(_formats), default="csv", show_default=True)
@click.option("--site", default="", help="Only this site.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="A file; with `all` a folder, or one workbook; - is none."
)
@click.option("--with-pins", is_flag=True, help="The hashes of PINs, too, for another store; keep them safe.")
@click.option("--as-of", default="", metavar="TIME", help="Stock as it was then: a time, or a day for its end.")
@click.option("--as-known-at", default="", metavar="TIME|ROW", help="Leave out what the centre learnt after that.")
@click.pass_obj
def export(
    loaded: Loaded,
    what: str,
    form: str,
    *,
    site: str,
    output: Path | None,
    with_pins: bool,
    as_of: str,
    as_known_at: str,
) -> None:
    """Write out what the store holds; `all` is everything that can be imported again.

    Places that start with @ are accounts, not shelves.
    """
    from sync.central.database.master_tables import IMPORTED
    from sync.central.exports.listings import Selection
    from sync.central.exports.workbooks import FORMAT

    if (as_of or as_known_at) and (what != "stock" or not site):
        raise click.UsageError("--as-of and --as-known-at are for the stock of one --site.")
    output = None if output == _STDOUT else output
    if output is None and (what == _ALL or form == FORMAT):
        raise click.UsageError("Say where to with --output.")
    store = open_central(loaded)
    moment = _moment(store, site, as_of, as_known_at) if as_of or as_known_at else None
    names = IMPORTED if what == _ALL else (what,)
    _export(store, [Selection(name, site, with_pins, moment) for name in names], form, output)


def _export(store: "CentralStore", selections: "list[Selection]", form: str, output: Path | None) -> None:
    from sync.central.exports.lines import export_folder, export_lines
    from sync.central.exports.workbooks import FORMAT, export_workbook

    if output is None:
        as_data()
        pour(export_lines(store, selections[0], form))
    elif form == FORMAT:
        export_workbook(store, output, selections)
    elif len(selections) > 1:
        export_folder(store, output, selections, form)
    else:
        with output.open("w", encoding="utf-8", newline="") as file:
            file.writelines(export_lines(store, selections[0], form))


def _moment(store: "CentralStore", site: str, as_of: str, as_known_at: str) -> "BookMoment":
    """Bring the timelines of the site up to date, so that little is left to add up, and read the moment."""
    from sync.central.book.timelines import catch_up
    from sync.central.exports.moments import moment_of

    catch_up(store, site)
    return store.read(lambda connection: moment_of(connection, site, as_of, as_known_at))


def open_central(loaded: Loaded) -> "CentralStore":
    """Open the central store that the configuration names."""
    from sync.central.database.store import open_store

    return open_store(central_url(loaded.config, os.environ))
