"""When what is kept is deleted by itself."""

import time

from api.settings import Settings

_DAY_MS = 24 * 60 * 60 * 1000


def delete_after_ms(settings: Settings, days: float | None = None) -> int | None:
    """The moment of deletion for what is made now, in milliseconds since 1970; None where it is kept.

    Args:
        settings: The operator's; a client may ask for less time, not for more.
        days: What the client asks for.
    """
    limits = [one for one in (settings.delete_after_days, days) if one is not None]
    return int(time.time() * 1000 + min(limits) * _DAY_MS) if limits else None
