"""A PIN that was typed where none was asked for: it stands in the store as it came, and no command shows it."""

from scanner_app.store.entries.history import history
from tests.warehouse import PIN, Floor

LIKE_A_PIN = ["975318", "97531", "9753180"]
SHOWN = ["12", "246", "24683101", "4006381333931", "A-01-99", "24683A"]


def shown(floor: Floor) -> list[dict[str, object]]:
    return list(history(floor.store.file.database))


def test_digits_like_a_pin_are_masked_where_they_answered_nothing(floor: Floor) -> None:
    floor.sign_in()
    floor.say(*SHOWN, *LIKE_A_PIN)
    told = [row["text"] for row in shown(floor)][2:]
    assert told == [*SHOWN, *("*" * len(text) for text in LIKE_A_PIN)]
    assert not any(text in repr(shown(floor)) for text in (*LIKE_A_PIN, PIN))
    assert [raw for raw, _outcome in floor.log()][-3:] == [text.encode() for text in LIKE_A_PIN]


def test_what_was_asked_for_is_shown(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", "100001", "000000")
    rows = {str(row["question"]): (row["text"], row["outcome"]) for row in shown(floor)}
    assert rows["goods"] == ("100001", "answered")
    assert rows["quantity"] == ("000000", "refused")


def test_a_sentence_does_not_quote_it(floor: Floor) -> None:
    floor.move()
    floor.say("246831")
    assert floor.log()[-1][0] == b"246831"
    assert "246831" in repr(floor.desk.view())
    assert "246831" not in repr(shown(floor))
