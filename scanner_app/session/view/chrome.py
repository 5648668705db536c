"""The words around the questions, in a language: made once for each, because every view carries them."""

from functools import cache

from scanner_app.languages.language import Language
from scanner_app.session.view.view import Chrome
from scanner_app.workflows.phrases import chrome as phrases

_COUNT, _AGE, _TEXT = {"count": "{count}"}, {"age": "{age}"}, {"text": "{text}"}


@cache
def chrome(language: Language) -> Chrome:
    """What a face fills in stays a blank."""
    return Chrome(
        never=language.words(phrases.NEVER),
        offline=language.words(phrases.OFFLINE),
        connecting=language.words(phrases.CONNECTING),
        online=language.words(phrases.ONLINE),
        refused=language.words(phrases.REFUSED),
        synced=language.words(phrases.SYNCED, _AGE),
        waiting=language.words(phrases.WAITING, _COUNT),
        held=language.words(phrases.HELD, _COUNT),
        no_scanner=language.words(phrases.NO_SCANNER),
        pulling=language.words(phrases.PULLING),
        ages=tuple(
            language.words(unit, _COUNT) for unit in (phrases.DAYS, phrases.HOURS, phrases.MINUTES, phrases.SECONDS)
        ),
        more=language.words(phrases.MORE, _COUNT),
        end=language.words(phrases.END),
        whole=language.words(phrases.WHOLE),
        waited=language.words(phrases.WAITED),
        earlier=language.words(phrases.EARLIER, _COUNT),
        legend=language.words(phrases.LEGEND),
        all_in_sight=language.words(phrases.ALL_IN_SIGHT),
        cleared=language.words(phrases.CLEARED),
        unfinished=language.words(phrases.UNFINISHED, _TEXT),
    )
