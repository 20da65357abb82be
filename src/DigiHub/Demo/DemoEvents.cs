using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Demo;

/// <summary>
/// Sixty events from three weeks ago to five weeks ahead in the big rooms of both sites, with registrations: some empty,
/// some nearly full, some with a waiting list. One starts in a few hours, so that a newcomer sees a reminder come.
/// </summary>
internal sealed class DemoEvents(
    DemoDice dice, HubDirectory map, IReadOnlyList<Member> members, IReadOnlyList<RoleGrant> grants, Instant now)
{
    private const int Count = 60;
    private const int FirstDay = -21;

    public List<Event> Events { get; } = [];

    public List<Claim> Claims { get; } = [];

    public List<Registration> Registrations { get; } = [];

    public void Fill()
    {
        var organisers =
            members.Where(member => grants.Any(grant => grant.MemberId == member.Id && grant.Role == Role.Organiser)).ToArray();
        var grace = members.Single(member => member.Email == DemoCast.Grace.Email);
        var rooms = map.Places.ToDictionary(place => place.Site.Id, place => map.Offered(place.Site.Id, SpaceKind.Room)
            .Where(room => room.Capacity >= 16 && room.Units.Count == 1).ToArray());
        for (int i = 0, day = FirstDay; Events.Count < Count; i++)
        {
            var place = map.Places[i % map.Places.Count];
            var date = place.Time.DateOf(now).PlusDays(day);
            if (i % map.Places.Count == map.Places.Count - 1)
                day++;
            if (place.Hours.On(date) is null || date.DayOfWeek == IsoDayOfWeek.Saturday)
                continue;

            // A room is used once a day at most, so no two events can want it at the same time.
            var room = rooms[place.Site.Id][Events.Count % rooms[place.Site.Id].Length];
            var start = new LocalTime(Events.Count % 3 == 0 ? 18 : Events.Count % 3 == 1 ? 10 : 15, Events.Count % 4 == 0 ? 30 : 0);
            Add(place, room, LocalSpan.On(date, start, start.PlusHours(2)),
                Events.Count % 3 == 0 ? grace : organisers[i % organisers.Length]);
        }
    }

    private void Add(SiteContext place, Space room, LocalSpan when, Member organiser)
    {
        // Both sites go through the programme, but not side by side: each shows both topics.
        var plan = DemoProgramme.Plans[(Events.Count / 2 + Events.Count % 2 * 7) % DemoProgramme.Plans.Count];
        var span = new Span(place.Time.Shifted(when.Start), place.Time.Shifted(when.End));
        var written = Instant.Min(now, span.Start) - Duration.FromDays(20);
        var id = dice.Id();
        var evt = new Event
        {
            Id = id,
            Slug = string.Create(CultureInfo.InvariantCulture,
                $"{EnglishSlug(plan.Title.English)}-{when.Start.Date:uuuu-MM-dd}-{place.Site.Slug}"),
            OrganiserId = organiser.Id,
            Status = Events.Count % 29 == 28 ? EventStatus.Cancelled : EventStatus.Published,
            Title = LocalisedText.Of(plan.Title),
            Text = LocalisedText.Of(plan.Text),
            Topic = plan.Topic,
            Format = Events.Count % 5 == 4 ? EventFormat.Hybrid : EventFormat.InPerson,
            SiteId = place.Site.Id,
            SpaceId = room.Id,
            JoinLink = Events.Count % 5 == 4 ? "https://video.example/hub" : null,
            StartLocal = when.Start,
            EndLocal = when.End,
            Start = span.Start,
            End = span.End,
            SetUpMinutes = room.Rules.SetUpMinutes,
            TearDownMinutes = room.Rules.TearDownMinutes,
            Capacity = Events.Count % 7 == 3 ? 12 : room.Capacity,
            CreatedAt = written,
            PublishedAt = written,
            ReminderRules =
            [
                new ReminderRule { Id = dice.Id(), EventId = id, Kind = ReminderKind.CalendarDays, Amount = 7, At = new LocalTime(9, 0) },
                new ReminderRule { Id = dice.Id(), EventId = id, Kind = ReminderKind.CalendarDays, Amount = 1, At = new LocalTime(9, 0) },
                new ReminderRule { Id = dice.Id(), EventId = id, Kind = ReminderKind.Elapsed, Amount = 2 },
            ],
        };
        if (evt.Status == EventStatus.Cancelled)
        {
            evt.CancelledAt = now - Duration.FromDays(1);
            evt.CalendarSequence = 1;
        }
        else
        {
            Claim(evt, room, span);
        }

        Events.Add(evt);
        Register(evt, written);
    }

    private void Claim(Event evt, Space room, Span span)
    {
        foreach (var unit in room.Units)
            Claims.Add(new Claim
            {
                Id = dice.Id(),
                UnitId = unit.UnitId,
                Holder = Event.Subject.Of(evt.Id),
                Start = span.Start - Duration.FromMinutes(evt.SetUpMinutes),
                End = span.End + Duration.FromMinutes(evt.TearDownMinutes),
            });
    }

    private void Register(Event evt, Instant written)
    {
        // Every seventh small event overflows into its waiting list; the others are between a quarter and nearly full.
        var wanted = evt.Capacity == 12 ? 15 : Math.Min(evt.Capacity * dice.Between(25, 90) / 100, 45);
        var number = 0;
        foreach (var member in dice.Shuffled(members.Skip(DemoCast.All.Count)).Take(wanted))
        {
            number++;
            var isOver = evt.End < now;
            Registrations.Add(new Registration
            {
                Id = dice.Id(),
                EventId = evt.Id,
                MemberId = member.Id,
                Name = member.Name,
                Email = member.Email,
                Language = member.Language,
                Status = number <= evt.Capacity ? RegistrationStatus.Confirmed : RegistrationStatus.Waiting,
                Number = number,
                RegisteredAt = written + Duration.FromHours(number),
                CheckedInAt = isOver && number <= evt.Capacity && dice.Percent(70) ? evt.Start : null,
                NotifiedRevision = evt.Revision,
            });
        }
    }

    /// <summary>The reminders of everybody who is registered for what is still to come, as registering would have scheduled them.</summary>
    public void Arm(HubDb db)
    {
        var upcoming = Events.Where(evt => evt.Status == EventStatus.Published && evt.Start > now).ToDictionary(evt => evt.Id);
        foreach (var registration in Registrations.Where(registration => registration.Status == RegistrationStatus.Confirmed))
            if (upcoming.TryGetValue(registration.EventId, out var evt))
                ScheduleReminders.ForNewcomer(db, evt, map.Place(evt.SiteId)!, registration, now);
    }

    private static string EnglishSlug(string title) =>
        string.Join('-', new string([.. title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
