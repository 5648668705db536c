"""Whether what was adjusted waits for somebody to accept it, as far as this device knows, and what is said of it then.

It is posted either way: the centre decides by its own rows, and this device follows its answer.
"""

from scanner_app.domain.events.fact import Fact
from scanner_app.domain.limits.judged import Level
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.within import Far, Taking, Within
from scanner_app.workflows.parts.reason import Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said, then


def posted(operator: str, fact: Fact, why: Why, done: Said, again: dict[str, str]) -> Part[Post]:
    """The event with its reason; ``done`` is what is said where it does not wait."""
    fact = fact.reasoned(why.reason, why.note)
    taken = tuple(Taking(*where, quantity) for where, quantity in fact.limited.items())
    far: Far = yield Within(operator, fact.process, taken)
    because = _because(far, why)
    if because is None:
        return Post(fact, again, done)
    what = {name: done.arguments[name] for name in ("quantity", "item")}
    waits = Said(say.WAITS.key, "attention", what, waits=True)
    said = then(waits, Said(because.key, "attention"))
    return Post(fact, again, said or waits, waits=True)


def _because(far: Far, why: Why) -> Phrase | None:
    """Why it waits; None where nothing is known for which it would."""
    if far.lacks_cost:
        return say.LACKS_COST
    if far.level == Level.CASE:
        return say.OVER_LIMIT
    return say.BY_REASON if why.needs_approval else None
