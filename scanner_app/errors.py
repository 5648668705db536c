"""Everything that can go wrong and is not an answer.

::

    ScannerError                 said to the operator in one sentence; the exit code is 1
    |-- ConfigError              config.toml: unknown key, wrong value, file not readable
    |-- StoreError               the device's cache
    |   |-- StoreBusyError       another process owns the cache file
    |   |-- StoreNewerError      the file was written by a newer program
    |   |-- StoreDamagedError    the file fails its check
    |   |-- StoreFullError       the disk has no room
    |   `-- StoreFailedError     the disk could not be read or written; the file is not used again
    |-- DeviceError              a scanner or terminal that cannot be used
    |-- SyncError                the exchange with the centre
    |   |-- LinkError            no answer, or one that says: try again
    |   |   |-- BusyError        the centre says: not before so many seconds
    |   |   `-- StrangerError    what answers is not the centre, or a much newer one
    |   `-- RefusedError         the centre will not talk to this device (enrolment, token)
    |       `-- OutdatedError    the centre does not speak the protocol of this program
    `-- CentralError             the central store
        |-- ImportRefusedError   master data that was not taken, with its rows
        `-- UnconfirmedError     a commit that may be lost with the database server; nobody may be told that it is safe

Expected trouble of the floor (an unknown code, a blocked place) is a value, not one of these.
"""


class ScannerError(Exception):
    """Root of the tree; its text tells the reader what to do next."""


class ConfigError(ScannerError):
    pass


class StoreError(ScannerError):
    pass


class StoreBusyError(StoreError):
    """``why`` is a word for what stands in the way of a screen that wanted to take over, and empty elsewhere."""

    def __init__(self, sentence: str, why: str = "") -> None:
        super().__init__(sentence)
        self.why = why


class StoreNewerError(StoreError):
    pass


class StoreDamagedError(StoreError):
    pass


class StoreFullError(StoreError):
    pass


class StoreFailedError(StoreError):
    pass


class DeviceError(ScannerError):
    pass


class SyncError(ScannerError):
    pass


class LinkError(SyncError):
    pass


class BusyError(LinkError):
    """``pause_s`` is how long the centre wants to be left alone."""

    def __init__(self, sentence: str, pause_s: float) -> None:
        super().__init__(sentence)
        self.pause_s = pause_s


class StrangerError(LinkError):
    pass


class RefusedError(SyncError):
    pass


class OutdatedError(RefusedError):
    pass


class CentralError(ScannerError):
    pass


class ImportRefusedError(CentralError):
    pass


class UnconfirmedError(CentralError):
    pass
