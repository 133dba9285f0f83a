"""Workers on any number of machines: one Procrastinate job a debate, on the Postgres that the store is in.

A job says only that a debate should be looked at. Whoever takes it claims the debate's lease, and the lease decides:
two workers can never both append. A worker's heartbeat is that lease; when it is silent another one takes the debate.
"""

import asyncio
import contextlib
import signal
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from api.fanout import Fanout
from api.logs import get_logger
from api.notices import Notices
from api.playing import CrewFactory
from api.runner import Runner
from api.settings import Settings, database_url
from language.errors import InputError, StoreError, StoreUnavailable
from transcripts.channels import prepare_jobs
from transcripts.database import PostgresDatabase, open_database
from transcripts.store import LEASE_S, Store

QUEUE = "debates"
TASK = "rejoinder.play_debate"
TAKEOVER_SWEEP_S = LEASE_S / 3


class Jobs:
    """Hands debates to workers.

    Args:
        database: The store's, where the jobs are kept too.
    """

    def __init__(self, database: PostgresDatabase) -> None:
        self.app = App(connector=PsycopgConnector(conninfo=database.address, min_size=1, max_size=3))
        self._database = database

    async def open(self) -> None:
        """Connect; make the tables of the jobs where there are none yet."""
        await prepare_jobs(self._database, self.app.schema_manager.get_schema())
        await self.app.open_async()

    async def close(self) -> None:
        """Disconnect."""
        await self.app.close_async()

    async def drop_lost(self) -> None:
        """Forget jobs whose worker has died; the debates themselves are found by their leases."""
        for job in await self.app.job_manager.get_stalled_jobs(queue=QUEUE):
            with contextlib.suppress(ConnectorException):  # another worker was faster
                await self.app.job_manager.finish_job(job, Status.FAILED, delete_job=True)

    async def defer(self, debate_id: str) -> None:
        """Have a worker look at a debate; a job that waits already is enough.

        Raises:
            StoreUnavailable: The queue cannot be used now.
        """
        task = self.app.configure_task(TASK, queue=QUEUE, queueing_lock=debate_id)
        try:
            with contextlib.suppress(AlreadyEnqueued):
                await task.defer_async(debate_id=debate_id)
        except ConnectorException as error:
            raise StoreUnavailable(f"the job queue cannot be used now: {type(error).__name__}") from error


class Worker:
    """Plays debates that other processes create.

    Args:
        settings: Where the store is, and how many debates run at once here.
        make_crew: Puts a debate's crew together.
    """

    def __init__(self, settings: Settings, database: PostgresDatabase, make_crew: CrewFactory) -> None:
        self._settings = settings
        self._store = Store(database)
        self._fanout = Fanout(self._store)
        self._notices = Notices(database, self._fanout)
        self._runner = Runner(
            self._store,
            self._fanout,
            make_crew,
            most_at_once=settings.most_debates_at_once,
            is_alone=False,
        )
        self._jobs = Jobs(database)

    async def run(self) -> None:
        """Work until told to stop; then let running turns finish and give all debates back."""
        jobs = self._jobs

        @jobs.app.task(name=TASK, queue=QUEUE)
        async def play_debate(debate_id: str) -> None:
            await self._runner.take(debate_id)

        await jobs.open()
        await self._notices.start(self._runner.nudge)
        sweeping = asyncio.ensure_future(self._sweep_for_ever())
        options: dict[str, Any] = {"queues": [QUEUE], "concurrency": self._settings.most_debates_at_once}
        working = asyncio.ensure_future(
            jobs.app.run_worker_async(**options, install_signal_handlers=False, delete_jobs="always")
        )
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        get_logger().info("working")
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        sweeping.cancel()
        await self._runner.stop()
        working.cancel()
        await asyncio.gather(sweeping, working, return_exceptions=True)
        await self._notices.stop()
        await jobs.close()
        get_logger().info("stopped")

    async def _sweep_for_ever(self) -> None:
        """Keep the leases of this worker; have debates of dead workers, and lost jobs, looked at again."""
        while True:
            try:
                await self._runner.renew()
                for debate_id in await self._store.forsaken():
                    await self._jobs.defer(debate_id)
                await self._jobs.drop_lost()
            except (StoreError, ConnectorException) as error:
                get_logger().warning("store_unavailable", why=str(error.__cause__ or error).splitlines()[0])
            await asyncio.sleep(TAKEOVER_SWEEP_S)


async def work(settings: Settings, make_crew: CrewFactory | None = None) -> None:
    """Work until told to stop.

    Raises:
        InputError: The store is no Postgres.
        StoreUnavailable: It cannot be reached.
    """
    from api.crews import CrewMaker

    database = await open_database(database_url(settings))
    try:
        if not isinstance(database, PostgresDatabase):
            raise InputError("workers need Postgres: set REJOINDER_DATABASE_URL to postgresql://...")
        crews = CrewMaker(settings, database)
        try:
            await Worker(settings, database, make_crew or crews).run()
        finally:
            await crews.close()
    finally:
        await database.close()
