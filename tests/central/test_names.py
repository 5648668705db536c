"""Names: a word that stands for something in the centre stands for nothing else in the program."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("scanner_app", "screens", "sync", "devices")
CENTRE = "sync/central"
SAME_ROLE = {
    "adjustments": "adjustments that wait: their source at the desk, and the judge of words on them",
    "plan": "plans: of counts, and of an import",
    "answers": "answers: of look-ups, to questions, and of the centre to a batch",
    "chain": "what hangs together: rows of a log by their hashes, and reports of a scanner",
    "connection": "a connection: of who asks the service, and of a scanner in the network",
    "pairs": "what goes by twos: tasks of one place, and readers of one label",
    "claims": "what is claimed: the source of the desk of what counts claim, and under which id an event counts",
    "counting": "counting: what a look-up tells of it, and what the centre does with it",
    "counts": "counts: those of the demo, and the judge of words on them",
    "missing_plates": "missing plates: how they are kept, and the source of the desk",
    "opened_claim": "a claim that is opened: what a desk is told, and how the centre makes it",
    "plates": "plates: their process, what a look-up tells, which ones a count misses, the judge of words on them",
    "shown": "how something is shown: by commands, in a count, under a question, and of a claim",
    "backup": "a copy of a store, of the device's and of the centre's",
    "calendar": "a site's calendar: its rule, its keeping, its commands",
    "came_back": "what came back: at the centre that tells it, on the device that keeps it, and between them",
    "desk": "the desk: of a session, and both ends of what is asked there",
    "devices": "a site's devices: as the centre keeps them, and as screens and commands list them",
    "events": "events that wait: their judge, and the command that lists them",
    "feed": "both ends of the rows that a device pulls",
    "kinds": "the list of all kinds of something, each room its own",
    "lines": "lines of text, each room its own",
    "news": "both ends of the long poll",
    "posting": "what an entry posts, and what an event posts",
    "reason": "why an outcome is what it is, and why a worker moves more than usual",
    "signed_on": "who is signed on: both ends of what an exchange tells of it",
    "store": "the store of the device, and the one of the centre",
    "tables": "tables of a database, and those of a page",
}
"""Files that may share their name, as each is what its room calls it."""
SAME_WORD = {
    "Counted": "what was counted: a kind of event, the limits that apply to it, and what counts for a day",
    "Held": "what is held: by a process, in a hand, and by what defines claims",
    "Named": "what is called something: an owner or a status, and a subject of a word",
    "Plan": "what is planned: counts, and an import",
    "Decided": "what was decided: a kind of event, and what became of what waited for an undo",
    "Said": "what was said: to a worker, a word as a command shows it, and a word that defines claims",
    "Wish": "what is wished: by whoever wants a count, and by whoever imports",
    "Change": "what changes: a posting of a goods' timeline, and a row of an import",
    "Claim": "what is claimed: by a count of a key, and by an event of an id",
    "Counts": "how many, and which counts: of an import's rows, and of a place",
    "Loaded": "what was loaded: the configuration, and the claims of a walk",
    "Posted": "what is posted: a leg in the eyes of the fold, and a batch in the book",
    "Span": "from when to when: of a claim, and of a window",
    "Told": "what was told: a message, a fact of a count, who is signed on, what happened to a device",
    "Reason": "why: of an outcome, by the centre's word; and a row of the reasons that a site lets people give",
}
"""Classes that may share their name, as the field has one word for both."""


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if path.name != "__init__.py")


def _doubled(places: dict[str, list[str]]) -> set[str]:
    """The names that stand in the centre and elsewhere, or twice in the centre."""
    return {name for name, paths in places.items() if len(paths) > 1 and any(path.startswith(CENTRE) for path in paths)}


def test_a_class_of_the_centre_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in _modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert len(places) > 100
    assert _doubled(places) == set(SAME_WORD)


def test_a_file_of_the_centre_shares_its_name_only_with_its_counterpart() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in _modules():
        places[path.stem].append(path.relative_to(ROOT).as_posix())
    assert _doubled(places) == set(SAME_ROLE)
