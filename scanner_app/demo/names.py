"""Product names of the demo warehouse: plain ones, long ones, accented ones, and ones two cells wide."""

_FOOD = (
    "Müsli Crunch",
    "Jalapeño Slices",
    "Crème Fraîche",
    "Oat Flakes",
    "Tomato Soup",
    "Apple Juice",
    "Rapeseed Oil",
    "Gewürzgurken",
    "Smoked Trout",
    "Açaí Purée",
    "Goat Cheese",
    "Rye Bread",
    "抹茶ラテ Matcha Latte",
    "Butter Biscuits",
    "Piñata Sweets",
    "Vanilla Yoghurt",
    "김치 Kimchi",
    "Smørrebrød Topping",
    "Chickpeas",
    "味噌 Miso Paste",
)
_TOOL = (
    "Cordless Drill",
    "Torque Wrench",
    "Label Printer",
    "Barcode Reader",
    "Digital Scale",
    "Heat Gun",
    "Laser Level",
    "Bench Grinder",
    "Radio Handset",
    "Battery Pack",
)
_PIECE = (
    "Hex Bolt",
    "Wood Screw",
    "Cable Tie",
    "Work Glove",
    "Packing Tape",
    "Safety Glasses",
    "Shelf Bracket",
    "Hose Clamp",
    "Light Bulb",
    "Paint Roller",
    "Sanding Disc",
    "Door Hinge",
    "Wall Plug",
    "Extension Lead",
    "Stretch Film",
    "Ｌ字金具 Angle Iron",
    "Dübel Set",
    "Zip Bag",
    "Marker Pen",
    "Notebook",
    "Hand Towel",
    "Dish Brush",
    "Storage Box",
    "Garden Hose",
    "Plant Pot",
)
_VARIETY = (
    "Classic",
    "Blue",
    "Red",
    "Organic",
    "Strong",
    "Mild",
    "Value",
    "Large",
    "Small",
    "Natural",
    "Plus",
    "Light",
    "Pro",
)
_SIZE_FOOD = ("125 g", "250 g", "500 g", "750 g", "1 kg", "6 x 80 g", "2 x 1 kg")
_SIZE_WEIGHED = ("loose", "by weight", "in the piece")
_SIZE_PIECE = ("single", "5 pcs", "10 pcs", "25 pcs", "50 pcs", "100 pcs", "display", "refill")
_SIZE_TOOL = ("12 V", "18 V", "230 V", "Series 2", "Series 3", "Compact")
_LONG = (
    "with resealable lid and measuring spoon",
    "display carton for promotions, four faces",
    "for indoor and outdoor use, frost-proof",
)
_LONG_EVERY = 17


def food_name(number: int) -> str:
    return _name(_FOOD, _SIZE_FOOD, number)


def weighed_name(number: int) -> str:
    return _name(_FOOD, _SIZE_WEIGHED, number)


def tool_name(number: int) -> str:
    return _name(_TOOL, _SIZE_TOOL, number)


def piece_name(number: int) -> str:
    return _name(_PIECE, _SIZE_PIECE, number)


def _name(products: tuple[str, ...], sizes: tuple[str, ...], number: int) -> str:
    """Count through products first, then sizes and varieties; name the round once all are used up."""
    sized, product = divmod(number, len(products))
    varied, size = divmod(sized, len(sizes))
    again, variety = divmod(varied, len(_VARIETY))
    words = [products[product], _VARIETY[variety], sizes[size]]
    if again:
        words.append(f"No. {again + 1}")
    if number % _LONG_EVERY == _LONG_EVERY - 1:
        words.append(_LONG[number % len(_LONG)])
    return " ".join(words)
