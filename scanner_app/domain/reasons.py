"""Reasons: why somebody did something out of the ordinary, as codes of a site with words in each language."""

from enum import StrEnum

from msgspec import Struct

MOVE, ADJUST, COUNT, DECIDE = "move", "adjust", "count", "decide"
PROCESSES = (MOVE, ADJUST, COUNT, DECIDE)
"""What may ask for a reason, and have limits."""


class Direction(StrEnum):
    """Whether stock becomes more by what a reason is given for, or less, or neither; or goes out of use, or back.

    As the direction of a reason ``none`` fits all of them.
    """

    IN = "in"
    OUT = "out"
    NONE = "none"
    HOLD = "hold"
    """To a status that blocks."""
    RELEASE = "release"
    """To a status that does not."""


class Reason(Struct, frozen=True, array_like=True, tag="reason"):
    """A reason that people choose by its words, and that events name by its code.

    ``process`` is what it may be given for, everything where it is empty. Some want a note beside it, some that
    somebody approves what was done.
    """

    reason: str
    en: str
    de: str = ""
    es: str = ""
    fr: str = ""
    direction: Direction = Direction.NONE
    process: str = ""
    needs_note: bool = False
    needs_approval: bool = False
    active: bool = True

    def words(self, language: str) -> str:
        """What it says in a language; in English where the site has no words in that one.

        >>> Reason("lost", "Lost", de="Verloren").words("de"), Reason("lost", "Lost").words("de")
        ('Verloren', 'Lost')
        """
        return {"de": self.de, "es": self.es, "fr": self.fr}.get(language) or self.en

    def fits(self, process: str, direction: Direction = Direction.NONE) -> bool:
        """Say whether it may be given for a process that does that to stock."""
        return self.process in ("", process) and self.direction in (Direction.NONE, direction)


STARTING = (
    Reason("order", "For an order", "Für einen Auftrag", "Para un pedido", "Pour une commande", process=MOVE),
    Reason("refill", "Refilling", "Nachschub", "Reposición", "Réappro", process=MOVE),
    Reason("room", "Making room", "Platz schaffen", "Hacer sitio", "Faire de la place", process=MOVE),
    Reason("misplaced", "Was misplaced", "Lag falsch", "Estaba mal puesto", "Était mal rangé", process=MOVE),
    Reason("move_other", "Other", "Anderes", "Otro", "Autre", process=MOVE, needs_note=True),
    Reason("damaged", "Damaged", "Beschädigt", "Dañado", "Abîmé", Direction.OUT, ADJUST),
    Reason("lost", "Lost", "Verloren", "Perdido", "Perdu", Direction.OUT, ADJUST),
    Reason("used", "Used here", "Hier verbraucht", "Usado aquí", "Utilisé ici", Direction.OUT, ADJUST),
    Reason("expired", "Expired", "Abgelaufen", "Caducado", "Périmé", Direction.OUT, ADJUST),
    Reason("sample", "A sample", "Eine Probe", "Una muestra", "Un échantillon", Direction.OUT, ADJUST),
    Reason("found", "Found", "Gefunden", "Encontrado", "Trouvé", Direction.IN, ADJUST),
    Reason("returned", "Came back", "Kam zurück", "Ha vuelto", "Est revenu", Direction.IN, ADJUST),
    Reason("to_check", "To be checked", "Zu prüfen", "Por comprobar", "À vérifier", Direction.HOLD, ADJUST),
    Reason("broken", "Is damaged", "Ist beschädigt", "Está dañado", "Est abîmé", Direction.HOLD, ADJUST),
    Reason("wrong", "Wrong goods", "Falsche Ware", "No es lo correcto", "Mauvais article", Direction.HOLD, ADJUST),
    Reason("good", "Is good", "Ist in Ordnung", "Está bien", "Est bon", Direction.RELEASE, ADJUST),
    Reason("repaired", "Was repaired", "Wurde repariert", "Se ha reparado", "A été réparé", Direction.RELEASE, ADJUST),
    Reason("adjust_other", "Other", "Anderes", "Otro", "Autre", process=ADJUST, needs_note=True),
    Reason("counted", "Counted", "Gezählt", "Contado", "Compté", process=COUNT),
    Reason("moved", "Was moved", "War umgelagert", "Se había movido", "Avait été déplacé", process=COUNT),
    Reason("restated", "Was changed", "War geändert", "Se había cambiado", "Avait changé", process=COUNT),
    Reason("mislabelled", "Wrong label", "Falsches Etikett", "Mal etiquetado", "Mal étiqueté", process=COUNT),
    Reason("gone", "Is gone", "Ist weg", "Ya no está", "N'est plus là", process=COUNT),
    Reason("miscounted", "Miscounted", "Verzählt", "Mal contado", "Mal compté", process=COUNT),
    Reason("count_other", "Other", "Anderes", "Otro", "Autre", process=COUNT, needs_note=True),
    Reason("checked", "Checked", "Nachgesehen", "Comprobado", "Vérifié", process=DECIDE),
    Reason("mistake", "A mistake", "Ein Irrtum", "Un error", "Une erreur", process=DECIDE),
    Reason("decide_other", "Other", "Anderes", "Otro", "Autre", process=DECIDE, needs_note=True),
)
"""What a site begins with; from then on its reasons are its own."""
