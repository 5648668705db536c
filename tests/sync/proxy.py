"""A small TCP proxy that passes requests on and can cut or withhold the answers."""

import asyncio
import threading
from collections.abc import Callable
from queue import Queue


class Proxy:
    """``cuts`` answers to come are lost on their way back, after the centre has committed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self.cuts = 0
        self.cut = 0
        self.url = ""

    def start(self) -> "Proxy":
        ports: Queue[int] = Queue()
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(ports.put), self._loop)
        self.url = f"http://127.0.0.1:{ports.get(timeout=10)}"
        return self

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _listen(self, ready: Callable[[int], None]) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        ready(self._server.sockets[0].getsockname()[1])

    async def _end(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        request = asyncio.ensure_future(self._pass(reader, back))
        try:
            await self._answers(there, writer)
        finally:
            request.cancel()
            back.close()
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
        writer.close()

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            if self.cuts and b"answers" in part:
                self.cuts -= 1
                self.cut += 1
                return
            writer.write(part)
            await writer.drain()
