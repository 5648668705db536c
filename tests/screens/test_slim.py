"""What a paint says with blanks is said in short, where nothing stands behind them."""

from screens.slim import slim

PAINTED = "\x1b[2;1H\x1b[1mHere: 4 EA\x1b[0m          \n\x1b[3;1H                    \n\x1b[1;1H"


def test_blanks_up_to_the_end_of_a_row_are_one_command() -> None:
    short = slim(PAINTED, lambda y: 10 if y == 1 else 0)
    assert short == "\x1b[2;1H\x1b[1mHere: 4 EA\x1b[0m\x1b[K\x1b[3;1H\x1b[K\x1b[1;1H"


def test_blanks_before_something_that_stays_are_blanks() -> None:
    assert "\x1b[K" not in slim(PAINTED, lambda _y: 18)
