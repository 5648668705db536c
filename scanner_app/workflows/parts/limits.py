"""Limits: what goes above the first bound of one wants a reason before it is posted, and above the second is told so.

It is posted all the same: what is on the floor has happened, and the centre judges by its own rows.
"""

from msgspec.structs import replace

from scanner_app.domain.limits.judged import Level
from scanner_app.domain.limits.motion import set_off
from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.within import Far, Taking, Within
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts import reason as reasons
from scanner_app.workflows.parts.reason import reason_of
from scanner_app.workflows.phrases.said import Said, then

SLOTS = reasons.SLOTS


def within_limits(operator: str, post: Post) -> Part[Post]:
    """What is to be posted, with the reason and the note that the limits of the site ask for."""
    fact = post.fact
    taken = tuple(Taking(*where, quantity) for where, quantity in set_off(fact.legs).items())
    far: Far = yield Within(operator, fact.process, taken)
    if far.level == Level.USUAL:
        return post
    reason, note = yield from reason_of(operator, fact.process)
    said = then(post.said, Said(say.OVER_LIMIT.key, "attention")) if far.level == Level.CASE else post.said
    return replace(post, fact=fact.reasoned(reason, note), said=said or post.said)
