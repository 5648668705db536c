"""Commands: what cancel, undo, menu, sign-out and the detours do to a session.

A verdict changes the play at work; ``obey`` changes the stack around it.
"""

from scanner_app.languages.language import Language
from scanner_app.session.greetings import farewell
from scanner_app.session.session import Session
from scanner_app.session.stack import Stack
from scanner_app.session.unfinished import set_aside
from scanner_app.session.view.play import answer_words
from scanner_app.store.log import AtWork
from scanner_app.workflows.engine.commands import Command
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import phrases as question_phrases
from scanner_app.workflows.questions.answers import Answer, Choice, Goods
from scanner_app.workflows.questions.judgement import doubt
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.shift.lock import LOCK

_HEARD_WHEN_HALTED = (Command.ACKNOWLEDGE, Command.SIGN_OUT, Command.HELP, Command.MORE, Command.WHOLE)
_DETOURS = {Command.INQUIRE: "inquiry", Command.LEAVE: "leave", Command.STATUS: "status"}


def command_verdict(command: Command, play: Play, language: Language, wall_us: int = 0) -> Verdict:
    """The verdict on an entry that is a command; one with an effect outside the play is just *commanded*.

    A command that does nothing here is no mistake: nothing stops, and it is said. While a mistake is on screen most do
    nothing: they are no scans, and are not counted as such.
    """
    if command is Command.HELP or (command is Command.BACK and play.is_helped):
        return _helped(play)
    if play.halted and command not in _HEARD_WHEN_HALTED:
        return Verdict(play.slot, Result.IGNORED, said=play.standing)
    if command in (Command.MORE, Command.WHOLE) and (play.halted or not _answer_of(command, play)):
        result = Result.PAGED if command is Command.MORE else Result.WIDENED
        return Verdict(play.slot, result, said=play.said if play.is_helped else None)
    if command is Command.ACKNOWLEDGE:
        return _acknowledged(play)
    if value := _answer_of(command, play):
        return Verdict(play.slot, Result.ANSWERED, Choice(value, wall_us))
    is_undo = command is Command.UNDO or (command is Command.BACK and play.can_undo)
    return _undone(play, language) if is_undo else Verdict(play.slot, Result.COMMANDED, command=command.value)


def _answer_of(command: Command, play: Play) -> str:
    """What a command answers at this question, unless there is an answer that it takes back; empty for nothing."""
    takes_back = command in (Command.UNDO, Command.BACK) and play.can_undo
    return (
        "" if takes_back or play.is_helped or play.question is None else play.question.commands.get(command.value, "")
    )


def _helped(play: Play) -> Verdict:
    """Help, or no help any more."""
    if play.is_helped:
        return Verdict(play.slot, Result.HELPED)
    assert play.question is not None, "commands come at a question"
    return Verdict(play.slot, Result.HELPED, said=Said(play.question.help.key, "plain"))


def _acknowledged(play: Play) -> Verdict:
    if not play.halted:
        return Verdict(play.slot, Result.IGNORED, said=doubt(phrases.NOTHING_HERE))
    said = Said(phrases.GO_ON.key, "good")
    if play.aside:
        said = Said(phrases.SET_ASIDE.key, "attention", {"count": str(play.aside)})
    return Verdict(play.slot, Result.ACKNOWLEDGED, said=said)


def _undone(play: Play, language: Language) -> Verdict:
    if not play.can_undo:
        return Verdict(play.slot, Result.IGNORED, said=doubt(phrases.NOTHING_TO_UNDO))
    if play.undecided is not None and play.undecided.reading is not None:
        read = {"what": play.undecided.reading.text}
        return Verdict(play.slot, Result.UNDONE, said=Said(phrases.TAKEN_BACK.key, "good", read))
    question, answer = _last(play)
    said = Said(phrases.ONE_BACK.key, "good")
    if question.tells_of_goods(answer):
        said = Said(phrases.TAKEN_BACK.key, "good", {"what": answer_words(question, answer, language)})
    return Verdict(play.slot, Result.UNDONE, said=said)


def _last(play: Play) -> tuple[Question, Answer]:
    """What the next undo takes back: an answer, and the question that it answers."""
    if play.typed is not None and play.typed.answer is not None:
        return play.typed_at, play.typed.answer
    if play.unconfirmed is not None and play.question is not None:
        return play.question, play.unconfirmed
    last = next(given for given in reversed(play.given) if not (given.was_early or given.was_told))
    return last.question, last.answer


def carried(stack: Stack) -> str:
    """The code that a look-up has found for the question it interrupted; empty when there is no such question."""
    play = stack.play
    if len(stack.opened) < 2:
        return ""
    return next((play.arguments[kind] for kind in play.script.carried if play.arguments.get(kind)), "")


def obey(command: Command, session: Session) -> None:
    """Carry out what a command does beyond the play at work; posted events are never touched."""
    if session.is_locked:
        _obey_locked(command, session)
    elif command in _DETOURS:
        _detour(_DETOURS[command], session)
    elif command is Command.USE:
        session.stack.say(doubt(phrases.NOTHING_TO_USE))
    elif command is Command.SIGN_OUT:
        _sign_out(session)
    elif command is Command.MENU and _is_signed_in(session):
        _to_menu(session)
    elif command is Command.BACK:
        _back(session)
    elif command is Command.CANCEL:
        _cancel(session)


def _obey_locked(command: Command, session: Session) -> None:
    """Under the lock nothing can be reached; the program may be left, and is locked when it begins again.

    How the device is doing may be looked at: a lock that waits for the centre asks for that.
    """
    is_away = session.play.script is not LOCK
    if command in (Command.LEAVE, Command.STATUS) and not is_away:
        session.stack.begin(_DETOURS[command], session.who.operator, parent=session.stack.top.number)
    elif command in (Command.BACK, Command.CANCEL) and is_away:
        session.stack.end("left")
    else:
        session.stack.say(doubt(question_phrases.NO_UNLOCK))


def _to_menu(session: Session) -> None:
    if session.play.script.name == "menu":
        session.stack.say(doubt(phrases.NOTHING_HERE))
    else:
        session.home(Said(phrases.CANCELLED.key, "good") if session.play.has_work else None)


def _detour(script: str, session: Session) -> None:
    """Leave the question for a while; *back* returns to it."""
    if session.play.script.name == script:
        session.stack.say(doubt(phrases.NOTHING_HERE))
        return
    if script == "inquiry" and not _is_signed_in(session):
        return
    if len(session.stack.opened) > 1:
        session.stack.end("left")
    below = session.stack.top.number
    if script == "leave":
        session.stack.begin(script, session.who.operator, parent=below)
    else:
        session.start(script, {"detour": "1", **_in_hand(session.play)} if script == "inquiry" else {}, parent=below)


def _in_hand(play: Play) -> dict[str, str]:
    """The item that was answered last: whoever looks something up in the middle of it mostly means that."""
    goods = next((given.answer for given in reversed(play.given) if isinstance(given.answer, Goods)), None)
    return {"item": goods.item, "name": goods.name} if goods is not None else {}


def _back(session: Session) -> None:
    """Leave a play that has nothing to take back: to what it interrupted, or home."""
    if len(session.stack.opened) > 1:
        session.stack.end("left")
    elif session.who.operator and session.play.script.name != "menu":
        session.home()
    else:
        session.stack.say(doubt(phrases.NOTHING_HERE))


def _cancel(session: Session) -> None:
    """Throw away the answers of this script, and its sticky context; a detour is simply left."""
    said = Said((phrases.CANCELLED if session.play.has_work else phrases.ANEW).key, "good")
    if len(session.stack.opened) > 1:
        session.stack.end("cancelled")
        return
    script = session.play.script.name
    session.stack.end("cancelled")
    session.start(script, {}, said)


def _sign_out(session: Session) -> None:
    if _is_signed_in(session):
        unfinished = set_aside(session, session.tools.stamp().wall_us)
        said = farewell(session.store, session.who.operator, unfinished)
        session.sign_on(AtWork())
        session.home(said)


def _is_signed_in(session: Session) -> bool:
    if not session.who.operator:
        session.stack.say(doubt(phrases.SIGN_IN_FIRST))
    return bool(session.who.operator)
