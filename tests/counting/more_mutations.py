"""Rules of words and of whose a count is, each broken on purpose, with the case by which that is noticed."""

from typing import Any

from msgspec.structs import replace

import tests.counting.site as site_module
from tests.counting.mutations import MUTATIONS, broken

__all__ = ["MUTATIONS"]


@broken("a count is of its device", site_module, "count_name", "a closing under the name of another")
def _(_name: Any) -> Any:
    return lambda _device, count: f"d1/{count}"


@broken("nobody decides their own", site_module.Site, "_whose", "two badges of one person")
def _(_whose: Any) -> Any:
    return lambda site, saying: None if _whose(site, saying) is None else frozenset()


@broken("two badges of one person are one", site_module, "PERSONS", "two badges of one person")
def _(persons: Any) -> Any:
    return {name: name for name in persons}


@broken("whoever identified a line has a part in it", site_module.Site, "_know", "whoever identified a line")
def _(know: Any) -> Any:
    return lambda site, subject, persons: know(site, subject, persons - {"ann"})


@broken("its author had the right", site_module, "judged", "40 ")
def _(judged: Any) -> Any:
    return lambda saying, author, *rest: judged(saying, author._replace(may_decide=True), *rest)


@broken("of several who have seen none the first rules", site_module, "judged", "34 ")
def _(judged: Any) -> Any:
    return lambda saying, author, concerned, _said: judged(saying, author, concerned, [])


@broken("one's own earlier words count as seen", site_module, "judged", "one's own earlier words")
def _(judged: Any) -> Any:
    return lambda saying, author, concerned, said: judged(
        saying, author, concerned, [one._replace(person="") for one in said]
    )


@broken("a word on the whole must have seen that on a key", site_module.Site, "said_on", "a closing as a whole, by som")
def _(_said_on: Any) -> Any:
    return lambda site, subject: sorted(site._said.get(subject, ()))


@broken("also that on a line that was taken back", site_module.Site, "_spoken_of_again", "a closing as a whole, by wh")
def _(_again: Any) -> Any:
    return lambda *_: []


@broken("a word is about what the centre has", site_module.Site, "_whose", "a word before what it is about")
def _(whose: Any) -> Any:
    return lambda site, saying: whose(site, saying) or frozenset()


@broken("a word is undone by a withdrawal alone", site_module.Site, "_undos_of_facts", "33 ")
def _(_undos: Any) -> Any:
    def all_of(site: Any) -> Any:
        found = (event for event in site.events.values() if event.fact.undoes)
        said = {event.fact.undoes for event in found}
        site.heard = [
            one._replace(saying=replace(one.saying, word="recount")) if said and one.saying.word == "withdraw" else one
            for one in site.heard
        ]
        return _undos(site)

    return all_of
