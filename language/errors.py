"""Every error that rejoinder raises on purpose, in one tree.

RejoinderError
├── InputError                    the user's input cannot be used; says what, where, and what to do next
│   ├── ThreadError               a thread file that cannot be read
│   ├── PersonaError              a persona file that cannot be read or fits no thread
│   ├── SheetError                a fact sheet that cannot be used
│   ├── TranscriptError           a transcript that cannot be read or continued
│   ├── FormatError               a debate format that does not fit its participants
│   └── CommandError              a command that does not fit the debate as it stands
├── StoreError                    the database cannot do what was asked
│   ├── StoreUnavailable          it is gone, full or locked (worth another try)
│   ├── LeaseLost                 another process has taken the debate over; nothing was written
│   ├── NotFound                  nothing has this id
│   └── Conflict                  something else has this id or key
└── ModelError                    a chat model did not give a usable answer
    ├── ModelUnavailable          endpoint down, timeout, dropped connection, 5xx (transient)
    ├── RateLimited               429 (transient; carries `retry_after_s`)
    ├── EmptyReply                no words, or a truncated body (transient)
    ├── BadCredentials            401, 403, no key
    ├── UnknownModel              404 or a model name that the endpoint does not know
    ├── ContextOverflow           the request is longer than the model's context
    ├── Refused                   the provider's content filter or the model itself refused
    ├── BadRequest                any other 4xx
    ├── MalformedReply            no valid typed reply after every repair and re-ask
    ├── RequestsForbidden         a real request where the test switch forbids them
    ├── PlaybackMiss              a recorded run asked for a call that was not recorded
    └── BudgetExceeded            the debate's budget is spent; nothing was asked

Other libraries' errors are translated where they are called, with ``raise ... from exc``. The command line prints any
`RejoinderError` as one line and exits with status 1.
"""


class RejoinderError(Exception):
    """Base of all errors raised on purpose; its text is one line fit for a user."""


class InputError(RejoinderError):
    """The user's input cannot be used."""


class ThreadError(InputError):
    """A thread file that cannot be read."""


class PersonaError(InputError):
    """A persona file that cannot be read, or that fits no thread."""


class SheetError(InputError):
    """A fact sheet that cannot be used."""


class TranscriptError(InputError):
    """A transcript that cannot be read or continued."""


class FormatError(InputError):
    """A debate format that does not fit its participants."""


class CommandError(InputError):
    """A command that does not fit the debate as it stands."""


class StoreError(RejoinderError):
    """The database cannot do what was asked."""


class StoreUnavailable(StoreError):
    """The database is gone, full or locked; worth another try."""


class LeaseLost(StoreError):
    """Another process has taken the debate over; nothing was written."""


class NotFound(StoreError):
    """Nothing has this id."""


class Conflict(StoreError):
    """Something else has this id or key."""


class ModelError(RejoinderError):
    """A chat model did not give a usable answer."""


class ModelUnavailable(ModelError):
    """The endpoint is down, timed out, dropped the connection or answered 5xx; worth another try."""


class RateLimited(ModelError):
    """The endpoint answered 429; worth another try after `retry_after_s`."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class EmptyReply(ModelError):
    """The reply held no words or was cut off; worth another try."""


class BadCredentials(ModelError):
    """The endpoint refused the key, or none was given."""


class UnknownModel(ModelError):
    """The endpoint does not know the model."""


class ContextOverflow(ModelError):
    """The request is longer than the model's context window."""


class Refused(ModelError):
    """The provider's filter or the model itself refused to answer."""


class BadRequest(ModelError):
    """Any other request that the endpoint rejected."""


class MalformedReply(ModelError):
    """No valid typed reply after every repair and re-ask."""


class RequestsForbidden(ModelError):
    """A real model request while REJOINDER_FORBID_MODEL_REQUESTS is set."""


class PlaybackMiss(ModelError):
    """A recorded run asked for a call that was not recorded."""


class BudgetExceeded(ModelError):
    """The debate's budget is spent; nothing was asked."""
