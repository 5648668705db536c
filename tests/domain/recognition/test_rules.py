"""Each rule takes what is right and notices what is not; elements that exclude or need others are told."""

import pytest
from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.recognition.gs1.pairs import EXCLUDED, NEEDED, conflict, missing
from scanner_app.domain.recognition.gs1.rules import RULES
from scanner_app.domain.recognition.label import Why
from scanner_app.domain.recognition.recognise import recognise

GTIN, GLN = "04006381333931", "4006381000017"

_ADDRESS = (("Dock%204", "Dock%2"), ("D%C3%BC", "D%FC"))
EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "00": (("340123450000000017", "340123450000000071"),),
    **dict.fromkeys(("01", "02", "03"), ((GTIN, "04006381333913"),)),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), (("261231", "261331"), ("260200", "260230"))),
    **dict.fromkeys(("253", "255"), ((GLN, "4006381000071"), (f"{GLN}12", "400638100007112"))),
    **{f"391{n}": (("9781499", "0001499"),) for n in range(10)},
    **{f"393{n}": (("9781499", "0011499"),) for n in range(10)},
    "402": (("40063810000000178", "40063810000000187"),),
    **{f"41{n}": ((GLN, "4006381000071"),) for n in range(8)},
    "421": (("27610115", "27110115"),),
    **dict.fromkeys(("422", "424", "426"), (("276", "277"),)),
    **dict.fromkeys(("423", "425"), (("276", "277"), ("276756", "276757"))),
    **dict.fromkeys(("4300", "4301", "4302", "4303", "4304", "4305", "4306", "4320"), _ADDRESS),
    **{f"431{n}": _ADDRESS for n in range(7)},
    **dict.fromkeys(("4307", "4317"), (("DE", "DD"),)),
    "4309": (("18000000003600000000", "18000000013600000000"), ("00000000003600000000", "00000000003600000001")),
    **dict.fromkeys(("4321", "4322", "4323"), (("1", "2"),)),
    **dict.fromkeys(("4324", "4325"), (("2612319999", "2612312460"), ("2602001430", "2602301430"))),
    "4326": (("261231", "261200"),),
    **{f"433{n}": (("000400-", "000400+"),) for n in range(4)},
    "7003": (("2612311430", "2612312430"), ("2612310000", "2612000000")),
    "7006": (("261231", "261200"),),
    "7007": (("261231", "261232"), ("261230261231", "261230261200")),
    "7011": (("261231", "261200"), ("2612311430", "2612311460")),
    **{f"703{n}": (("276AB1", "277AB1"), ("999AB1", "998AB1")) for n in range(10)},
    "7040": (("1ABC", "1AB("),),
    "7241": (("10", "11"), ("80", "79")),
    "7250": (("20261231", "20261331"),),
    "7251": (("202612311430", "202602301430"), ("202612311430", "202612311460")),
    "7252": (("9", "3"),),
    "7258": (("1/2", "3/2"),),
    "8001": (("00100001001199", "00000001001199"), ("00100001001199", "00100000001199"),
             ("00100001001199", "00100001000099"), ("00100001001109", "00100001001129")),
    "8003": ((f"0{GLN}AB", f"1{GLN}AB"), (f"0{GLN}", "04006381000071")),
    "8006": ((f"{GTIN}0102", "040063813339130102"), (f"{GTIN}0202", f"{GTIN}0302")),
    "8007": (("DE02120300000000202051", "DE20120300000000202051"),),
    "8008": (("26123114", "26120014"), ("261231144559", "261231144560")),
    "8011": (("10", "010"),),
    "8013": (("4006381Shelf7BU", "4006381Shelf7UB"),),
    **dict.fromkeys(("8017", "8018"), (("340123450000000017", "340123450000000071"),)),
    "8026": ((f"{GTIN}0102", "040063813339130102"), (f"{GTIN}0202", f"{GTIN}0002")),
}  # fmt: skip
"""Of each identifier: what is right, and what is not."""


def why(text: str) -> Why:
    found = read(text.encode())
    assert isinstance(found, Reading)
    return found.why


def test_each_rule_has_an_example() -> None:
    assert set(EXAMPLES) == set(RULES)
    assert all(len(EXAMPLES[ai]) >= len(RULES[ai]) - (ai in ("4309", "8008")) for ai in RULES)


@pytest.mark.parametrize("ai", RULES)
def test_what_is_right_is_taken_and_what_is_not_is_told(ai: str) -> None:
    for right, wrong in EXAMPLES[ai]:
        assert why(f"]C1{ai}{right}") is Why.NOTHING, right
        assert why(f"]C1{ai}{wrong}") in {rule.why for rule in RULES[ai]} | {Why.MALFORMED}, wrong


@pytest.mark.parametrize("ai", [ai for ai in RULES if ai != "01"])
def test_what_is_wrong_beside_goods_keeps_all_of_the_label_from_being_taken(ai: str) -> None:
    wrong = EXAMPLES[ai][0][1]
    found = read(f"]d201{GTIN}10L1\x1d{ai}{wrong}".encode())
    assert isinstance(found, Reading)
    assert (found.label, found.ways) == (None, ())


def test_identifiers_of_all_tables_are_there() -> None:
    patterns = {*RULES, *EXCLUDED, *NEEDED, *(one for some in (*EXCLUDED.values(), *NEEDED.values()) for one in some)}
    unknown = []
    for pattern in patterns:
        try:
            GS1ApplicationIdentifier.extract(pattern.replace("n", "0"))
        except ParseError:
            unknown.append(pattern)
    assert unknown == []


@pytest.mark.parametrize("ai", EXCLUDED)
def test_what_excludes_each_other_is_a_conflict_in_either_order(ai: str) -> None:
    one = ai.replace("n", "2")
    for pattern in EXCLUDED[ai]:
        other = pattern.replace("n", "3")
        assert conflict((one, other)) == (one, other)
        assert conflict((other, "10", one)) is not None
        assert conflict((one, "10")) is None


def test_a_label_with_a_conflict_says_nothing() -> None:
    assert why(f"]d201{GTIN}420101151234\x1d42127610115") is Why.CONTRADICTS
    assert why(f"]C101{GTIN}3102001250\x1d3103001250") is Why.CONTRADICTS
    assert why(f"]C101{GTIN}3102001250\x1d3112001250") is Why.NOTHING


@pytest.mark.parametrize("ai", NEEDED)
def test_what_stands_alone_and_should_not_is_told(ai: str) -> None:
    one = ai.replace("n", "2")
    assert one in missing((one,))
    for pattern in NEEDED[ai]:
        assert one not in missing((one, pattern.replace("n", "3")))


def test_what_goes_with_another_code_of_the_label_is_read() -> None:
    alone = recognise("10L1\x1d17261231", "]C1", 2026)[0]
    assert (alone.why, alone.needs) == (Why.NOTHING, ("10", "17"))
    assert dict(alone.said) == {"10": "L1", "17": "261231"}
    assert recognise(f"01{GTIN}10L1", "]C1", 2026)[0].needs == ()


def test_the_first_candidate_is_the_label_and_the_last_the_plain_code() -> None:
    kinds = [one.kind.value for one in recognise(f"01{GTIN}10L1", "", 2026)]
    assert kinds == ["gs1", "code"]
    assert [one.kind.value for one in recognise(f"01{GTIN}10L1", "]C1", 2026)] == ["gs1"]
