"""A countdown: the message of a view that says how long to wait, as it reads now."""

from msgspec.structs import replace

from scanner_app.domain.clock import in_words
from scanner_app.session.view.view import View


def is_counting(view: View, now_us: int) -> bool:
    return view.wait is not None and now_us < view.wait.until_us


def counted_down(view: View, now_us: int) -> View:
    """The view with what is left to wait in its message; after that it says to go on."""
    if view.wait is None:
        return view
    left_s = -(-(view.wait.until_us - now_us) // 1_000_000)
    if left_s <= 0:
        return replace(view, message=view.chrome.waited)
    return replace(view, message=view.message.replace(view.wait.words, in_words(left_s)))
