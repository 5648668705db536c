"""Wrong: something is damaged, or not as the book has it; Adjust goes on with the place and goods, and leads back."""

from scanner_app.workflows.engine.script import Start

ADJUST = "adjust"


def at(place: str, wall_us: int, back: str, item: str = "") -> Start:
    """Adjust what is at a place, or of an item, as was said at ``wall_us``; ``back`` is the process to go back to."""
    known = {"place": place, "item": item, "at": str(wall_us), "back": back}
    return Start(ADJUST, {name: value for name, value in known.items() if value})
