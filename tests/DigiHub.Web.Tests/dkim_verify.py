"""Verifies the signatures of a message with dkimpy, an implementation that is not ours.

Arguments: the message's file, the time of the test in seconds, then the records as NAME=VALUE. Prints for each signature, in the order of the headers, the algorithm, "good" or
"bad" with the reason, and the header fields it covers.
"""

import sys
import time

import dkim


def main():
    with open(sys.argv[1], "rb") as file:
        message = file.read()
    now = int(sys.argv[2])
    time.time = lambda: now  # a signature from the future counts for nothing
    records = dict(argument.split("=", 1) for argument in sys.argv[3:])

    def look_up(name, timeout=5):
        return records.get(name.decode().rstrip(".")) and records[name.decode().rstrip(".")].encode()

    count = sum(1 for line in message.split(b"\r\n\r\n", 1)[0].split(b"\r\n") if line.lower().startswith(b"dkim-signature:"))
    for index in range(count):
        one = dkim.DKIM(message)
        try:
            verdict = "good" if one.verify(idx=index, dnsfunc=look_up) else "bad"
        except dkim.DKIMException as error:
            verdict = f"bad ({error})"
        fields = one.signature_fields or {}
        covered = b"".join(fields.get(b"h", b"").split()).decode().lower().replace(":", " ")
        print(fields.get(b"a", b"?").decode(), verdict, covered)


if __name__ == "__main__":
    main()
