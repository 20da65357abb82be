"""A real SMTP server for the tests: aiosmtpd as Debian packages it, with the extensions that relays have.

It prints its port, keeps each message as a file, and ends when its standard input closes, so that it
never outlives the tests that started it. Recipients under these domains meet faults:

    later.test    a passing refusal (451), as of a server that greylists
    never.test    a lasting refusal (550), as of a mailbox that does not exist
    cut.test      the message is kept, but the connection breaks before the answer, once per recipient

The whole server misbehaves while there is a file "faults" in its folder, a line each:

    VERB reply 451 4.3.0 Try again   answers so; VERB is GREETING, EHLO, AUTH, MAIL, RCPT, DATA or END (after the message)
    VERB cut                         hangs up instead of an answer; at END without keeping the message
    END cut-after                    keeps the message and hangs up before the answer
    VERB wait 3                      answers so many seconds late
    RCPT greylist 2                  450 to a recipient until so many seconds after the first try
    ANY tarpit 0.1                   each byte of each answer so many seconds after the one before
"""

import argparse
import asyncio
import logging
import os
import re
import ssl
import sys
import time
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Faults:
    """Read again for each answer: a test may change it at any time."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "faults")

    def at(self, verb):
        try:
            with open(self.path, encoding="utf-8") as file:
                lines = [line.split(None, 2) for line in file if line.strip()]
        except FileNotFoundError:
            return []
        return [(words[1], words[2].strip() if len(words) > 2 else "") for words in lines if words[0] == verb]


class Mailbox:
    def __init__(self, folder, answer_after_seconds):
        self.folder = folder
        self.answer_after_seconds = answer_after_seconds
        self.count = len([name for name in os.listdir(folder) if name.endswith(".eml")])
        self.cut_before = set()
        self.first_tries = {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        domain = address.rpartition("@")[2].lower()
        if domain == "later.test":
            return "451 4.7.1 Please try again later"
        if domain == "never.test":
            return "550 5.1.1 No such mailbox"
        for action, words in server.faults.at("RCPT"):
            if action == "greylist" and time.monotonic() < self.first_tries.setdefault(address, time.monotonic()) + float(words):
                return "450 4.7.1 Greylisted, please try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        actions = dict(server.faults.at("END"))
        if "wait" in actions:
            await asyncio.sleep(float(actions["wait"]))
        if "reply" in actions:
            return actions["reply"]
        if "cut" not in actions:
            # As Postfix does: what came whole is taken, even if the client dies while it waits for the answer.
            self.keep(envelope, server, encrypted=server.transport.get_extra_info("sslcontext") is not None)
        await asyncio.sleep(self.answer_after_seconds)
        to_cut = {to for to in envelope.rcpt_tos if to.lower().endswith("@cut.test")} - self.cut_before
        self.cut_before |= to_cut
        if to_cut or "cut" in actions or "cut-after" in actions:
            server.transport.abort()
        return "250 2.0.0 OK"

    def keep(self, envelope, server, encrypted):
        self.count += 1
        path = os.path.join(self.folder, f"{self.count:06}.eml")
        with open(path + ".part", "wb") as file:
            file.write(f"X-Envelope-From: {envelope.mail_from}\r\n".encode())
            for to in envelope.rcpt_tos:
                file.write(f"X-Envelope-To: {to}\r\n".encode())
            for name, value in server.notification.items():
                file.write(f"X-Envelope-{name.title()}: {value}\r\n".encode())
            file.write(f"X-Encrypted: {'yes' if encrypted else 'no'}\r\n".encode())
            file.write(envelope.content)
        os.rename(path + ".part", path)  # a reader never sees half a message


class Relay(SMTP):
    """Knows the notifications of RFC 3461, which aiosmtpd does not, and the faults."""

    def __init__(self, mailbox, faults, open_lines, **ways):
        self.faults = faults
        self.open_lines = open_lines
        self.notification = {}
        self.verb = "GREETING"
        super().__init__(mailbox, **ways)

    def connection_made(self, transport):
        self.open_lines.change(self, +1)
        super().connection_made(transport)

    def connection_lost(self, error):
        self.open_lines.change(self, -1)
        super().connection_lost(error)

    async def push(self, status):
        status = status if isinstance(status, bytes) else status.encode()
        verb, self.verb = self.verb, "ANY"
        for action, words in self.faults.at(verb):
            if action == "wait":
                await asyncio.sleep(float(words))
            elif action == "cut":
                self.transport.abort()
                return
            elif action == "reply":
                status = words.encode()
        pace = [float(words) for action, words in self.faults.at("ANY") if action == "tarpit"]
        if not pace:
            return await super().push(status)
        for byte in status + b"\r\n":
            self._writer.write(bytes([byte]))
            await self._writer.drain()
            await asyncio.sleep(pace[0])

    async def under(self, verb, handle, arg):
        """A reply among the faults stands for the whole verb; else what the verb says may come late or not at all."""
        self.verb = verb
        if any(action == "reply" for action, _ in self.faults.at(verb)):
            await self.push("")
        else:
            await handle(arg)
        self.verb = "ANY"

    async def smtp_EHLO(self, hostname):
        await self.under("EHLO", super().smtp_EHLO, hostname)

    async def smtp_HELO(self, hostname):
        await self.under("EHLO", super().smtp_HELO, hostname)

    async def smtp_AUTH(self, arg):
        await self.under("AUTH", super().smtp_AUTH, arg)

    async def smtp_MAIL(self, arg):
        self.notification = {}
        await self.under("MAIL", super().smtp_MAIL, self.without(arg, "ENVID", "RET"))

    async def smtp_RCPT(self, arg):
        await self.under("RCPT", super().smtp_RCPT, self.without(arg, "NOTIFY", "ORCPT"))

    async def smtp_DATA(self, arg):
        await self.under("DATA", super().smtp_DATA, arg)

    def without(self, arg, *names):
        for name in names:
            found = re.search(rf" {name}=(\S+)", arg or "", re.IGNORECASE)
            if found:
                self.notification[name] = found.group(1)
                arg = arg.replace(found.group(0), "")
        return arg


class OpenLines:
    """How many connections there are, and were at most, in a file for the test to look at."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "lines")
        self.now = self.most = self.ever = 0
        self.seen = set()

    def change(self, line, by):
        if (by > 0) == (id(line) in self.seen):
            return  # the same line again, after STARTTLS
        self.seen.add(id(line)) if by > 0 else self.seen.discard(id(line))
        self.now += by
        self.ever += max(by, 0)
        self.most = max(self.most, self.now)
        with open(self.path + ".part", "w", encoding="ascii") as file:
            file.write(f"{self.now} {self.most} {self.ever}")
        os.rename(self.path + ".part", self.path)


class Extensions:
    """Says in EHLO what the relay can."""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [*responses[:-1], "250-DSN", "250-ENHANCEDSTATUSCODES", responses[-1]]


class Host(Mailbox, Extensions):
    pass


def tls(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def authenticator(user, password):
    def check(server, session, envelope, mechanism, auth_data):
        expected = (user.encode(), password.encode())
        right = isinstance(auth_data, LoginPassword) and (auth_data.login, auth_data.password) == expected
        return AuthResult(success=right, handled=right)

    return check


async def serve(options):
    mailbox = Host(options.folder, options.answer_after_seconds)
    context = tls(options.certificate, options.key) if options.certificate else None
    secure = dict(tls_context=context, require_starttls=True) if context and not options.implicit_tls else {}
    if options.user:
        secure.update(
            auth_required=True,
            auth_require_tls=context is not None and not options.implicit_tls,
            authenticator=authenticator(options.user, options.password),
        )

    loop = asyncio.get_running_loop()
    faults, lines = Faults(options.folder), OpenLines(options.folder)
    server = await loop.create_server(
        lambda: Relay(mailbox, faults, lines, hostname="localhost", enable_SMTPUTF8=not options.ascii, loop=loop, **secure),
        host="127.0.0.1",
        port=options.port,
        ssl=context if options.implicit_tls else None,
        backlog=200,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--answer-after-seconds", type=float, default=0)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--implicit-tls", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--ascii", action="store_true", help="without SMTPUTF8")

    # aiosmtpd warns of passwords in clear text, which is just what some tests are about.
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
