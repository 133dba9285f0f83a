"""The service with scripted speakers: `python -m benchmarks.scripted_service PORT [DELAY_S] [FAULT_RATE]`.

With "worker" for PORT, a worker. Everything but the speakers is the product's own. The store is the one of
REJOINDER_DATABASE_URL.
"""

import asyncio
import sys

import uvicorn

from api.http.app import create_app
from api.http_protocol import BoundedHttp
from api.logs import set_up_logs
from api.playing import Circumstances
from api.serving import sole_server
from api.settings import database_url, read_settings
from debate.engine import Crew
from debate.speakers.scripted import ScriptedModerator, ScriptedReferee, ScriptedSpeaker
from transcripts.store import StoredDebate


class ScriptedCrews:
    """Puts together crews that follow the script.

    Args:
        delay_s: Mean seconds a turn takes.
        fault_rate: Share of attempts that fail.
    """

    def __init__(self, delay_s: float, fault_rate: float) -> None:
        self._delay_s = delay_s
        self._fault_rate = fault_rate

    async def __call__(self, debate: StoredDebate, about: Circumstances) -> Crew:
        """The crew of one debate."""
        del about  # nothing here asks a model
        speaker = ScriptedSpeaker(self._delay_s, self._fault_rate, seed=hash(debate.id))
        speakers = {one.id: speaker for one in debate.header.participants}
        return Crew(speakers=speakers, moderator=ScriptedModerator(), referee=ScriptedReferee())


def main() -> None:
    """Serve until told to stop, or killed."""
    delay_s, fault_rate = (float(one) for one in (*sys.argv[2:4], "0.05", "0.1")[:2])
    settings = read_settings()
    set_up_logs(as_json=True, level="WARNING")
    if sys.argv[1] == "worker":
        from api.worker import work

        asyncio.run(work(settings, ScriptedCrews(delay_s, fault_rate)))
        return
    with sole_server(database_url(settings)):
        app = create_app(settings, make_crew=ScriptedCrews(delay_s, fault_rate))
        port = int(sys.argv[1])
        uvicorn.run(app, host="127.0.0.1", port=port, http=BoundedHttp, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
