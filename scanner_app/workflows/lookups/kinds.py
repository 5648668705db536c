"""Every kind of look-up, and every kind of value that a log may hold: a new one is a line in each."""

from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.lookups.counting import (
    AskedFor,
    CountedOf,
    CountRows,
    Counts,
    CountsAskedFor,
    CountsHere,
    CountSoFar,
    RowsOfCount,
    SameCounted,
    SoFar,
)
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.goods import Flag, ItemRules, Rules, StatusOf
from scanner_app.workflows.lookups.load import Load, LoadOf
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.lots import Days, DaysOf
from scanner_app.workflows.lookups.offers import Offer, Offers
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.lookups.own_events import Mine, MyEvents, OneOfMine
from scanner_app.workflows.lookups.places import Around, Neighbours, Where, Whereabouts
from scanner_app.workflows.lookups.plates import Plates, Standing
from scanner_app.workflows.lookups.policy import Again, AgainIsMore, Policies, Policy
from scanner_app.workflows.lookups.reasons import NamesOfReasons, ReasonNames, Reasons, ReasonsFor
from scanner_app.workflows.lookups.search import Find, Hits
from scanner_app.workflows.lookups.stock import AtPlace, Held, Marked, Number, OfItem, Rows, ToPut, Unapproved
from scanner_app.workflows.lookups.stock_kinds import Kinds, KindsAt, Statuses, StatusesKnown
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.lookups.unfinished import SetAside, Unfinished
from scanner_app.workflows.lookups.within import Far, Within
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting
from scanner_app.workflows.lookups.work import ItemWalk, Line, NextPlaces, WalkOfItem

KINDS: tuple[type[Look], ...] = (
    Rules,
    DetailsOf,
    LoadOf,
    StatusOf,
    DaysOf,
    Held,
    AtPlace,
    OfItem,
    Marked,
    ToPut,
    Where,
    Around,
    Standing,
    Find,
    Mine,
    OneOfMine,
    Policy,
    AgainIsMore,
    Offers,
    Challenge,
    SetAside,
    NewOrder,
    TimesOf,
    WordsWaiting,
    ReasonsFor,
    NamesOfReasons,
    Within,
    CountSoFar,
    SameCounted,
    RowsOfCount,
    CountsHere,
    CountsAskedFor,
    NextPlaces,
    WalkOfItem,
    KindsAt,
    StatusesKnown,
    Unapproved,
)
Value = (
    ItemRules
    | Rows
    | Digits
    | Whereabouts
    | Number
    | Flag
    | Policies
    | Plates
    | Neighbours
    | Hits
    | MyEvents
    | Unfinished
    | Again
    | Offer
    | Days
    | Load
    | Details
    | OrderId
    | Times
    | Spoken
    | Reasons
    | ReasonNames
    | Far
    | SoFar
    | CountedOf
    | CountRows
    | Counts
    | AskedFor
    | Kinds
    | Statuses
    | Line
    | ItemWalk
)
