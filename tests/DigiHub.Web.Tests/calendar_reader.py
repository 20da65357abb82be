"""Reads iCalendar texts from standard input, each ended by a line with a single dot, and tells what it understood as JSON, a line each.

An independent reader: Python's icalendar shares no code with what writes our texts."""
import json
import sys

import icalendar
from dateutil.rrule import rrulestr, rruleset


def told(value):
    return None if value is None else str(value)


def when(prop):
    return None if prop is None else {"local": prop.dt.strftime("%Y-%m-%dT%H:%M:%S"), "zone": prop.params.get("TZID", "UTC")}


def at(prop):
    return None if prop is None else prop.dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def dates(component):
    """Every start of a series, on its own clock: by the rule, with RDATE, without EXDATE."""
    start = component.get("DTSTART").dt
    all_dates = rruleset()
    all_dates.rrule(rrulestr(component.get("RRULE").to_ical().decode(), dtstart=start))
    for prop, add in (("RDATE", all_dates.rdate), ("EXDATE", all_dates.exdate)):
        found = component.get(prop, [])
        for listed in found if isinstance(found, list) else [found]:
            for date in listed.dts:
                add(date.dt)
    return [date.strftime("%Y-%m-%dT%H:%M:%S") for date in all_dates]


def entry(component):
    attendees = component.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    dropped = component.get("EXDATE", [])
    dropped = dropped if isinstance(dropped, list) else [dropped]
    rule = component.get("RRULE")
    return {
        "uid": told(component.get("UID")),
        "sequence": int(component.get("SEQUENCE", 0)),
        "status": told(component.get("STATUS")),
        "summary": told(component.get("SUMMARY")),
        "description": told(component.get("DESCRIPTION")),
        "location": told(component.get("LOCATION")),
        "start": when(component.get("DTSTART")),
        "end": when(component.get("DTEND")),
        "organizer": told(component.get("ORGANIZER")),
        "attendees": [{"address": str(one), "rsvp": one.params.get("RSVP"), "partstat": one.params.get("PARTSTAT"), "name": one.params.get("CN")} for one in attendees],
        "rule": None if rule is None else rule.to_ical().decode(),
        "dates": [] if rule is None else dates(component),
        "dropped": [date.dt.strftime("%Y-%m-%dT%H:%M:%S") for dates in dropped for date in dates.dts],
        "inPlaceOf": when(component.get("RECURRENCE-ID")),
        "stamp": at(component.get("DTSTAMP")),
        "modified": at(component.get("LAST-MODIFIED")),
        "alarms": [{"action": told(one.get("ACTION")), "secondsBefore": -int(one.get("TRIGGER").dt.total_seconds()), "description": told(one.get("DESCRIPTION"))} for one in component.walk("VALARM")],
    }


def read(text):
    calendar = icalendar.Calendar.from_ical(text)
    return {
        "method": told(calendar.get("METHOD")),
        "zones": [str(zone.get("TZID")) for zone in calendar.walk("VTIMEZONE") if zone.walk("STANDARD") or zone.walk("DAYLIGHT")],
        "entries": [entry(component) for component in calendar.walk("VEVENT")],
    }


text = []
for line in sys.stdin.buffer:
    if line.strip() == b".":
        print(json.dumps(read(b"".join(text))), flush=True)
        text = []
    else:
        text.append(line)
