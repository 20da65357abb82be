using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Calendars;

/// <summary>
/// The calendars that programs subscribe to or download. The same rows give the same text each time, so that
/// a client can be told "not modified".
/// </summary>
public sealed class Feeds(HubDbFactory databases, Catalogue catalogue, HubIdentity identity, IClock clock)
{
    /// <summary>Entries of one feed at most; the nearest to come first to be kept.</summary>
    public const int EntriesMax = 1_000;

    /// <summary>Bookings, and registrations, of one export.</summary>
    public const int AllMax = 10_000;

    /// <summary>What has been cancelled is still shown as such so long, that clients take note; what is over, so long.</summary>
    private static readonly Duration cancelledShown = Duration.FromDays(60), pastShown = Duration.FromDays(90);

    /// <summary>A site's public events; null if there is no such site.</summary>
    public async Task<string?> OfSite(string slug, Language language, CalendarText text, Uri publicUrl, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(slug) is not { } place)
            return null;
        await using var db = databases.Open();
        var (past, cancelled) = Horizon();
        var events = await db.Events.AsNoTracking()
            .Where(evt => evt.SiteId == place.Site.Id && evt.End >= past
                && (evt.Status == EventStatus.Published || (evt.Status == EventStatus.Cancelled && evt.CancelledAt >= cancelled)))
            .OrderByDescending(evt => evt.Start).Take(EntriesMax).ToListAsync(stop);
        var entries = new Entries(await identity.Get(stop), publicUrl);
        return text.Write(CalendarMethod.Publish, [.. events.Select(evt => entries.Of(evt, map, language))],
            new Words($"Events at {place.Site.Name}", $"Veranstaltungen im {place.Site.Name}").In(language));
    }

    /// <summary>
    /// A member's own bookings and registrations, by the token of their feed; null for a token that is unknown, revoked or expired.
    /// </summary>
    public async Task<string?> OfMember(string token, CalendarText text, Uri publicUrl, CancellationToken stop)
    {
        var (hash, now) = (RandomToken.Hash(token), clock.GetCurrentInstant());
        await using var db = databases.Open();
        var tokens = db.AccessTokens;
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.DisabledAt == null && tokens.Any(
            known => known.Hash == hash && known.MemberId == one.Id && known.Use == TokenUse.CalendarFeed
                && known.RevokedAt == null && (known.ExpiresAt == null || known.ExpiresAt > now)), stop);
        if (member is null)
            return null;

        return await OfMember(db, member, Horizon(), EntriesMax, text, publicUrl, stop);
    }

    /// <summary>All that a member ever booked or registered for, at most <see cref="AllMax"/> of each: for their export.</summary>
    public async Task<string> AllOf(Member member, CalendarText text, Uri publicUrl, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await OfMember(db, member, (NodaConstants.UnixEpoch, NodaConstants.UnixEpoch), AllMax, text, publicUrl, stop);
    }

    private async Task<string> OfMember(
        HubDb db, Member member, (Instant Past, Instant Cancelled) horizon, int max, CalendarText text, Uri publicUrl,
        CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var entries = new Entries(await identity.Get(stop), publicUrl);
        return text.Write(
            CalendarMethod.Publish,
            [
                .. await BookingEntries(db, member, horizon, max, map, entries, stop),
                .. await EventEntries(db, member, horizon, max, map, entries, stop),
            ],
            new Words("My DigiHub", "Mein DigiHub").In(member.Language));
    }

    /// <summary>One public event for download; null for a draft and for none.</summary>
    public async Task<string?> OfEvent(string slug, Language language, CalendarText text, Uri publicUrl, CancellationToken stop)
    {
        await using var db = databases.Open();
        var evt = await db.Events.AsNoTracking().FirstOrDefaultAsync(one => one.Slug == slug && one.Status != EventStatus.Draft, stop);
        return evt is null ? null : text.Write(CalendarMethod.Publish,
            [new Entries(await identity.Get(stop), publicUrl).Of(evt, await catalogue.Map(stop), language)]);
    }

    private async Task<IEnumerable<CalendarEntry>> BookingEntries(
        HubDb db, Member member, (Instant Past, Instant Cancelled) horizon, int max, HubDirectory map, Entries entries,
        CancellationToken stop)
    {
        var (past, cancelled) = horizon;
        var bookings = await db.Bookings.AsNoTracking()
            .Where(booking => booking.MemberId == member.Id && booking.End >= past
                && (booking.Status == BookingStatus.Confirmed || booking.CancelledAt >= cancelled))
            .OrderByDescending(booking => booking.Start).Take(max).ToListAsync(stop);
        Guid?[] seriesIds = [.. bookings.Select(booking => booking.SeriesId).Where(id => id is not null).Distinct()];
        var ofSeries = seriesIds.Length == 0
            ? []
            : await SeriesEntries(db, seriesIds, new SeriesEntries(entries, map, member.Language), stop);
        var single = bookings.Where(booking => booking.SeriesId is null && booking.MeetingId is null)
            .Select(booking => entries.Of(booking, map, member.Language));
        return single.Concat(await MeetingEntries(db, bookings, map, entries, member.Language, stop)).Concat(ofSeries)
            .Select(entry => Entries.For(member, entry));
    }

    /// <summary>Both parts of each meeting as one entry, also where only one is recent enough.</summary>
    private static async Task<IEnumerable<CalendarEntry>> MeetingEntries(
        HubDb db, List<Booking> bookings, HubDirectory map, Entries entries, Language language, CancellationToken stop)
    {
        var parts = await MeetingParts.Among(db, bookings, stop);
        return parts.GroupBy(one => one.MeetingId).OrderBy(meeting => meeting.Key)
            .Select(meeting => entries.OfMeeting([.. meeting], map, language));
    }

    /// <summary>
    /// What of a series lies before the day from which its pattern counts now is over, and is entries by themselves.
    /// </summary>
    private static async Task<List<CalendarEntry>> SeriesEntries(HubDb db, Guid?[] ids, SeriesEntries entries, CancellationToken stop)
    {
        var series = await db.BookingSeries.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.Id)).ToListAsync(stop);
        var dates = (await db.Bookings.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.SeriesId)).ToListAsync(stop))
            .ToLookup(one => one.SeriesId);
        return [.. series.OrderBy(one => one.Id).SelectMany(one => entries.Of(one, [.. dates[one.Id]])
            .Concat(dates[one.Id].Where(date => date.IsStanding && date.SeriesDate < one.FromDate).OrderBy(date => date.SeriesDate)
                .Select(date => entries.Entries.Of(date, entries.Map, entries.Language))))];
    }

    private async Task<IEnumerable<CalendarEntry>> EventEntries(
        HubDb db, Member member, (Instant Past, Instant Cancelled) horizon, int max, HubDirectory map, Entries entries,
        CancellationToken stop)
    {
        var (past, cancelled) = horizon;
        var events = db.Events;
        var held = await (
            from registration in db.Registrations.AsNoTracking()
            join evt in events.AsNoTracking() on registration.EventId equals evt.Id
            where (registration.MemberId == member.Id || registration.NormalizedEmail == member.NormalizedEmail) && evt.End >= past
                && evt.Status != EventStatus.Draft && (evt.CancelledAt == null || evt.CancelledAt >= cancelled)
                && (registration.Status == RegistrationStatus.Confirmed
                    || (registration.Status == RegistrationStatus.Cancelled && registration.CancelledAt >= cancelled))
            orderby evt.Start descending
            select new { evt, registration }).Take(max).ToListAsync(stop);
        // In a member's own feed a registration they cancelled is shown as cancelled.
        return held.Select(row => Entries.For(member, entries.Of(row.evt, row.registration, map)) with
        {
            IsCancelled = row.evt.Status == EventStatus.Cancelled || !row.registration.IsLive,
        });
    }

    private (Instant Past, Instant Cancelled) Horizon() => Horizon(clock.GetCurrentInstant());

    /// <summary>What ended before the first is not shown any more, nor what was cancelled before the second.</summary>
    internal static (Instant Past, Instant Cancelled) Horizon(Instant now) => (now - pastShown, now - cancelledShown);
}
