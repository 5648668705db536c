"""What the things are called that a chart is drawn with."""

PLACE = "place"
PLATE = "plate"
ITEM = "item"
LOT = "L1"
SERIAL = "S1"
DAY = "2027-01-31"
OTHER_SERIAL = "S2"
