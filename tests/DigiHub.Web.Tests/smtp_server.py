"""A real SMTP server for the tests: aiosmtpd as Debian packages it.

It prints its port, keeps each message as a file, and ends when its standard input closes, so that it
never outlives the tests that started it. Recipients under these domains meet bad weather:

    later.test    a passing refusal (451), as of a server that greylists
    never.test    a lasting refusal (550), as of a mailbox that does not exist
    cut.test      the message is kept, but the connection breaks before the answer, once per recipient
"""

import argparse
import asyncio
import logging
import os
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Mailbox:
    def __init__(self, folder, answer_after_seconds):
        self.folder = folder
        self.answer_after_seconds = answer_after_seconds
        self.count = len(os.listdir(folder))
        self.cut_before = set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        domain = address.rpartition("@")[2].lower()
        if domain == "later.test":
            return "451 4.7.1 Please try again later"
        if domain == "never.test":
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.answer_after_seconds)
        self.keep(envelope, encrypted=server.transport.get_extra_info("sslcontext") is not None)
        to_cut = {to for to in envelope.rcpt_tos if to.lower().endswith("@cut.test")} - self.cut_before
        if to_cut:
            self.cut_before |= to_cut
            server.transport.abort()
        return "250 OK"

    def keep(self, envelope, encrypted):
        self.count += 1
        path = os.path.join(self.folder, f"{self.count:06}.eml")
        with open(path + ".part", "wb") as file:
            file.write(f"X-Envelope-From: {envelope.mail_from}\r\n".encode())
            for to in envelope.rcpt_tos:
                file.write(f"X-Envelope-To: {to}\r\n".encode())
            file.write(f"X-Encrypted: {'yes' if encrypted else 'no'}\r\n".encode())
            file.write(envelope.content)
        os.rename(path + ".part", path)  # a reader never sees half a message


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
    mailbox = Mailbox(options.folder, options.answer_after_seconds)
    context = tls(options.certificate, options.key) if options.certificate else None
    secure = dict(tls_context=context, require_starttls=True) if context and not options.implicit_tls else {}
    if options.user:
        secure.update(
            auth_required=True,
            auth_require_tls=context is not None and not options.implicit_tls,
            authenticator=authenticator(options.user, options.password),
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="localhost", enable_SMTPUTF8=True, loop=loop, **secure),
        host="127.0.0.1",
        port=options.port,
        ssl=context if options.implicit_tls else None,
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

    # aiosmtpd warns of passwords in clear text, which is just what some tests are about.
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
