"""A mail server on the loopback interface, for tests of the outbox.

Arguments: a folder for what it takes, and a port (0: any). It prints its port and serves until its standard input ends.
Every message is a file `NUMBER.eml` with the envelope's recipient before it. What the recipient's name begins with decides:

- `refuse`: refused for good (550)
- `later`: refused once for now (451), then taken
- `hang`: taken whole, but never acknowledged
"""

import asyncio
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

FOLDER = Path(sys.argv[1])


class Handler:
    def __init__(self):
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later") and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        number = len(list(FOLDER.glob("*.eml"))) + 1
        beside = FOLDER / f"{number}.part"
        beside.write_bytes("\n".join(envelope.rcpt_tos).encode() + b"\n" + envelope.original_content)
        beside.rename(FOLDER / f"{number}.eml")
        if envelope.rcpt_tos[0].startswith("hang"):
            await asyncio.Event().wait()
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    handler = Handler()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", int(sys.argv[2]))
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
