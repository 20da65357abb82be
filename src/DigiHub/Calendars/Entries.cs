using DigiHub.Bookings;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Series;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Calendars;

/// <summary>Bookings and events as entries of a calendar.</summary>
/// <param name="Hub">Makes the UIDs.</param>
/// <param name="PublicUrl">Where the hub is reached now; entries lead there.</param>
public sealed record Entries(HubName Hub, Uri PublicUrl)
{
    private readonly CalendarUid uid = new(Hub.Text);

    public CalendarEntry Of(Booking booking, HubDirectory map, Language language)
    {
        var (space, place) = (map.Space(booking.SpaceId)!, map.Place(booking.SiteId)!);
        var page = new Uri(PublicUrl, $"/bookings/{booking.Id}");
        return new CalendarEntry
        {
            Uid = uid.OfBooking(booking.Id),
            Sequence = booking.CalendarSequence,
            Summary = booking.Title is null ? $"{space.Name}, {place.Site.Name}" : $"{booking.Title} ({space.Name})",
            Description = new Words($"Change or cancel: {page}", $"Ändern oder stornieren: {page}").In(language),
            Location = $"{space.Name}, {Address(place)}",
            Url = page,
            When = booking.LocalSpan,
            ZoneId = place.Site.ZoneId,
            IsCancelled = !booking.IsStanding,
            IsTentative = booking.IsPending,
            CreatedAt = booking.CreatedAt,
            ChangedAt = Instant.Max(booking.CreatedAt, booking.ChangedAt),
        };
    }

    /// <summary>
    /// The parts of a meeting at two sites as one entry, with the UID of the first: from when the first begins until the last ends, in the
    /// rooms that stand. With none, as it was, and cancelled.
    /// </summary>
    /// <param name="parts">Both; after a deletion one.</param>
    public CalendarEntry OfMeeting(IReadOnlyCollection<Booking> parts, HubDirectory map, Language language)
    {
        var all = parts.OrderBy(one => one.IsSecondPart).ToList();
        var standing = all.FindAll(one => one.IsStanding);
        var shown = standing.Count > 0 ? standing : all;
        var (first, place) = (shown[0], map.Place(shown[0].SiteId)!);
        var entry = Of(first, map, language);
        var rooms = shown.Select(one => (Space: map.Space(one.SpaceId)!, Place: map.Place(one.SiteId)!)).ToList();
        var names = string.Join(BookingThen.Between, rooms.Select(one => one.Space.Name));
        var id = first.MeetingId ?? first.Id;
        var page = new Uri(PublicUrl, $"/bookings/{id}");
        return entry with
        {
            Uid = uid.OfBooking(id),
            Sequence = all.Sum(one => one.CalendarSequence),
            Summary = first.Title is null
                ? string.Join(BookingThen.Between, rooms.Select(one => $"{one.Space.Name}, {one.Place.Site.Name}"))
                : $"{first.Title} ({names})",
            Description = new Words($"Change or cancel: {page}", $"Ändern oder stornieren: {page}").In(language),
            Location = string.Join("; ", rooms.Select(one => $"{one.Space.Name}, {Address(one.Place)}")),
            Url = page,
            When = new(first.StartLocal, place.Time.Local(shown.Max(one => one.End))),
            IsCancelled = standing.Count == 0,
            ChangedAt = all.Max(one => Instant.Max(one.CreatedAt, one.ChangedAt)),
        };
    }

    /// <summary>As a guest has it: who expects them and where, nothing of what it is for.</summary>
    /// <param name="host">Null: not known any more.</param>
    /// <param name="page">The visit's own page.</param>
    public CalendarEntry OfGuest(Booking booking, BookingGuest guest, PersonName? host, HubDirectory map, Uri page)
    {
        var (space, place) = (map.Space(booking.SpaceId)!, map.Place(booking.SiteId)!);
        var title = new Words($"Visit to {place.Site.Name}", $"Besuch bei {place.Site.Name}").In(guest.Language);
        return new CalendarEntry
        {
            Uid = uid.OfBooking(booking.Id),
            Sequence = booking.CalendarSequence + guest.CalendarSequence,
            Summary = host is null ? title : $"{title}, {host.Isolated}",
            Description = new[] { page.ToString(), place.Site.GuestRoute.In(guest.Language), place.Site.GuestNetwork.In(guest.Language) }
                .Where(line => line.Length > 0).Aggregate((one, other) => $"{one}\n{other}"),
            Location = $"{space.Name}, {Address(place)}",
            Url = page,
            When = booking.LocalSpan,
            ZoneId = place.Site.ZoneId,
            IsCancelled = !booking.IsStanding || !guest.IsExpected,
            IsTentative = booking.IsPending,
            CreatedAt = guest.AddedAt,
            ChangedAt = Instant.Max(guest.RemovedAt ?? guest.AddedAt, booking.ChangedAt),
        };
    }

    internal string UidOf(BookingSeries series) => uid.OfSeries(series.Id);

    internal string UidOf(SpaceClosure closure) => uid.OfClosure(closure.Id);

    /// <summary>What a series says of all its dates; its rule is added by <see cref="SeriesEntries"/>.</summary>
    internal CalendarEntry Of(
        BookingSeries series, LocalDate first, (LocalTime Start, LocalTime End) times, HubDirectory map, Language language)
    {
        var (space, place) = (map.Space(series.SpaceId)!, map.Place(series.SiteId)!);
        var page = new Uri(PublicUrl, $"/bookings/series/{series.Id}");
        return new CalendarEntry
        {
            Uid = UidOf(series),
            Sequence = series.CalendarSequence,
            Summary = series.Title is null ? $"{space.Name}, {place.Site.Name}" : $"{series.Title} ({space.Name})",
            Description = new Words($"Change or cancel: {page}", $"Ändern oder stornieren: {page}").In(language),
            Url = page,
            Location = $"{space.Name}, {Address(place)}",
            When = LocalSpan.On(first, times.Start, times.End),
            ZoneId = place.Site.ZoneId,
            CreatedAt = series.CreatedAt,
            ChangedAt = Instant.Max(series.CreatedAt, series.ChangedAt),
        };
    }

    /// <param name="toConfirmed">The way in to an online event is told to the confirmed only.</param>
    public CalendarEntry Of(Event evt, HubDirectory map, Language language, bool toConfirmed = false)
    {
        var place = map.Place(evt.SiteId)!;
        var page = new Uri(PublicUrl, $"/events/{evt.Slug}");
        var join = toConfirmed && evt.Format != EventFormat.InPerson ? evt.JoinLink : null;
        return new CalendarEntry
        {
            Uid = uid.OfEvent(evt.Id),
            Sequence = evt.CalendarSequence,
            Summary = evt.Title.In(language),
            Description = join is null ? page.ToString() : $"{new Words("Join online", "Online teilnehmen").In(language)}: {join}\n{page}",
            Location = evt.Format == EventFormat.Online
                ? "Online"
                : evt.SpaceId is { } spaceId && map.Space(spaceId) is { } space ? $"{space.Name}, {Address(place)}" : Address(place),
            Url = page,
            When = evt.LocalSpan,
            ZoneId = place.Site.ZoneId,
            IsCancelled = evt.Status == EventStatus.Cancelled,
            CreatedAt = evt.CreatedAt,
            ChangedAt = Instant.Max(evt.CreatedAt, evt.ChangedAt),
        };
    }

    /// <summary>As one attendee has it; nothing of the other guests.</summary>
    public CalendarEntry Of(Event evt, Registration registration, HubDirectory map)
    {
        var entry = Of(evt, map, registration.Language, registration.Status == RegistrationStatus.Confirmed);
        return entry with
        {
            Sequence = evt.CalendarSequence + registration.CalendarSequence,
            // Either may have changed last, several times in one second: the revisions make the stamp rise with every change of either.
            ChangedAt = Instant.Max(entry.ChangedAt, registration.ChangedAt) + Duration.FromSeconds(evt.Revision + registration.Revision),
        };
    }

    /// <summary>With the alarm this reader has chosen; a guest has chosen none.</summary>
    public static CalendarEntry For(Member? reader, CalendarEntry entry) => entry with
    {
        AlarmMinutesBefore = reader?.CalendarAlarmMinutesBefore,
        ChangedAt = Instant.Max(entry.ChangedAt, reader?.CalendarAlarmChosenAt ?? entry.ChangedAt),
    };

    private static string Address(SiteContext place) =>
        $"{place.Site.Name}, {place.Site.Street}, {place.Site.PostCode} {place.Site.City}";
}
