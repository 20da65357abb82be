"""Answers what python-dateutil, which shares no code with ours, makes of recurrence rules: a line for each line, as long as it is asked.

A question: start, rule, further dates and excluded dates, with blanks between; "-" for none. An answer: each date and time as the clock
shows it, "/" and the instant in UTC.
"""
import sys
from datetime import datetime, timezone

from dateutil import tz
from dateutil.rrule import rruleset, rrulestr

berlin = tz.gettz("Europe/Berlin")


def dates(text, start):
    return [] if text == "-" else [
        datetime.strptime(one, "%Y%m%d").replace(hour=start.hour, minute=start.minute, tzinfo=berlin) for one in text.split(",")]


for line in sys.stdin:
    begins, rule, extra, excluded = line.split()
    start = datetime.strptime(begins, "%Y%m%dT%H%M%S").replace(tzinfo=berlin)
    every = rruleset()
    every.rrule(rrulestr(rule, dtstart=start))
    for one in dates(extra, start):
        every.rdate(one)
    for one in dates(excluded, start):
        every.exdate(one)
    print(" ".join(
        f"{one:%Y%m%dT%H%M%S}/{tz.resolve_imaginary(one).astimezone(timezone.utc):%Y%m%dT%H%M%SZ}" for one in every) or "-", flush=True)
