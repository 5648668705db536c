"""Rules of words, each broken on purpose: who may say one, which rules, and what it rules."""

from typing import Any

from msgspec.structs import replace

import tests.counting.site as site_module
from scanner_app.domain.counting import fold, settle
from tests.counting.mutations.mutation import broken


@broken("the last word rules", settle, "ruling", "one's own earlier words")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling(list(words)[:1], version)


@broken("a word rules the version that it names", settle, "ruling", "a line that joins")
def _(ruling: Any) -> Any:
    return lambda words, _version: ruling([one._replace(version="") for one in words], "")


@broken("a withdrawal takes back what was said", settle, "ruling", "22 the later")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling([one for one in words if one.word != "withdraw"], version)


@broken("it takes back words of whatever version", settle, "ruling", "42 ")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling([one for one in words if one.version == version], version)


@broken("asking for a recount rules nothing", settle, "ruling", "39 ")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling(
        [one._replace(word=one.word.replace("recount", "withdraw")) for one in words], version
    )


@broken("a word on a closing is one on each of its claims", fold, "words_on", "6 closed empty and accepted as a whole")
def _(words_on: Any) -> Any:
    return lambda *args: [one for one in words_on(*args) if not one.is_whole]


@broken("an accepted claim far from what was shown is for review", settle, "_is_further", "accepted, and further")
def _(_further: Any) -> Any:
    return lambda *_: False


@broken("it is not within its limits", settle, "_is_further", "accepted, and no further")
def _(_further: Any) -> Any:
    return lambda _claim, variance, word: variance != word.amount


@broken("what was shown is that of the ruling word", settle, "ruling", "accepted once more")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling([one._replace(amount=words[0].amount) for one in words], version)


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
