using System.Globalization;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;

namespace DigiHub.Calendars.Links;

/// <summary>
/// The calendars behind calendar links: each booking, event and closure an entry of its own, with the UID that it has everywhere. The same
/// rows give the same text each time, and nothing is written when a calendar asks.
/// </summary>
public sealed class LinkedFeeds(HubDbFactory databases, Catalogue catalogue, HubIdentity identity, IClock clock)
{
    private sealed record Asked(FeedLink Link, Member Owner);

    /// <summary>Null for a token that is unknown or revoked, and where its owner may not see it any more.</summary>
    public async Task<string?> Of(string token, CalendarText text, Uri publicUrl, CancellationToken stop)
    {
        var (hash, now) = (RandomToken.Hash(token), clock.GetCurrentInstant());
        await using var db = databases.Open();
        var asked = await db.AccessTokens.AsNoTracking()
            .Where(known => known.Hash == hash && known.Use == TokenUse.CalendarLink && known.RevokedAt == null)
            .Join(db.FeedLinks.AsNoTracking(), known => known.Id, link => link.TokenId, (known, link) => new { known, link })
            .Join(db.Members.AsNoTracking().Where(member => member.DisabledAt == null), row => row.known.MemberId, member => member.Id,
                (row, member) => new Asked(row.link, member))
            .SingleOrDefaultAsync(stop);
        if (asked is not var (link, owner))
            return null;
        var map = await catalogue.Map(stop);
        if (!await db.MayRead(link, link.Detail, owner.Id, map, now, stop))
            return null;

        var writer = new LinkedEntries(new(await identity.Get(stop), publicUrl), map, owner.Language, link);
        var entries = await Bookings(db, link, owner, writer, map, stop);
        if (link.Of is FeedOf.Space or FeedOf.Site)
            entries.AddRange([.. await Events(db, link, writer, map, stop), .. await Closures(db, link, writer, map, stop)]);
        return text.Write(CalendarMethod.Publish, entries, (await Title(db, link, owner, map, stop)).In(owner.Language));
    }

    private async Task<List<CalendarEntry>> Bookings(
        HubDb db, FeedLink link, Member owner, LinkedEntries writer, HubDirectory map, CancellationToken stop)
    {
        var (past, cancelled) = Feeds.Horizon(clock.GetCurrentInstant());
        var (ownerId, organisationId, siteId, spaces) = (owner.Id, link.OrganisationId, link.SiteId, SpacesOf(link, map));
        var people = db.Memberships.Home().Where(one => one.OrganisationId == organisationId);
        var bookings = db.Bookings.AsNoTracking().Where(one => one.End >= past
            && (one.Status == BookingStatus.Confirmed || one.CancelledAt >= cancelled));
        bookings = link.Of switch
        {
            FeedOf.Space => bookings.Where(one => EF.Parameter(spaces).Contains(one.SpaceId)),
            FeedOf.Site => bookings.Where(one => one.SiteId == siteId),
            FeedOf.Organisation => bookings.Where(one => people.Any(person => person.MemberId == one.MemberId)),
            _ => bookings.Where(one => one.MemberId == ownerId),
        };
        var rows = await bookings.OrderByDescending(one => one.Start).ThenBy(one => one.Id).Take(Feeds.EntriesMax)
            .Join(db.Members, one => one.MemberId, member => member.Id, (one, member) => new { Booking = one, member.Name })
            .ToListAsync(stop);
        return [.. rows.OrderByDescending(row => row.Booking.Start).ThenBy(row => row.Booking.Id)
            .Select(row => writer.Of(row.Booking, row.Name))];
    }

    /// <summary>Drafts are nobody's business yet.</summary>
    private async Task<IEnumerable<CalendarEntry>> Events(
        HubDb db, FeedLink link, LinkedEntries writer, HubDirectory map, CancellationToken stop)
    {
        var (past, cancelled) = Feeds.Horizon(clock.GetCurrentInstant());
        var (siteId, spaces) = (link.SiteId, SpacesOf(link, map));
        var events = await db.Events.AsNoTracking()
            .Where(evt => evt.SpaceId != null && (evt.SiteId == siteId || EF.Parameter(spaces).Contains(evt.SpaceId!.Value))
                && evt.End >= past && evt.Status != EventStatus.Draft
                && (evt.Status == EventStatus.Published || evt.CancelledAt >= cancelled))
            .OrderByDescending(evt => evt.Start).ThenBy(evt => evt.Id).Take(Feeds.EntriesMax).ToListAsync(stop);
        return events.Select(writer.Of);
    }

    private async Task<IEnumerable<CalendarEntry>> Closures(
        HubDb db, FeedLink link, LinkedEntries writer, HubDirectory map, CancellationToken stop)
    {
        var (past, _) = Feeds.Horizon(clock.GetCurrentInstant());
        var spaces = SpacesOf(link, map);
        var closures = await db.Set<SpaceClosure>().AsNoTracking()
            .Where(closure => closure.End >= past && EF.Parameter(spaces).Contains(closure.SpaceId))
            .OrderByDescending(closure => closure.Start).ThenBy(closure => closure.Id).Take(Feeds.EntriesMax).ToListAsync(stop);
        return closures.Select(writer.Of);
    }

    /// <summary>A room and whatever shares a unit with it: who books the whole hall has its part as well.</summary>
    private static int[] SpacesOf(FeedLink link, HubDirectory map) => link.Of switch
    {
        FeedOf.Space when map.Space(link.SpaceId!.Value) is { } space => [.. map.Spaces
            .Where(other => other.SiteId == space.SiteId
                && other.Units.Exists(unit => space.Units.Exists(one => one.UnitId == unit.UnitId)))
            .Select(other => other.Id)],
        FeedOf.Site => [.. map.Spaces.Where(space => space.SiteId == link.SiteId).Select(space => space.Id)],
        _ => [],
    };

    private static async Task<Words> Title(HubDb db, FeedLink link, Member owner, HubDirectory map, CancellationToken stop)
    {
        switch (link.Of)
        {
            case FeedOf.Space when map.Space(link.SpaceId!.Value) is { } space:
                return Same($"{space.Name}, {map.PlaceOf(space).Site.Name}");
            case FeedOf.Site:
                var site = map.Place(link.SiteId!.Value)!.Site.Name;
                return new($"Bookings at {site}", $"Buchungen im {site}");
            case FeedOf.Organisation:
                var name = await db.Organisations.Where(one => one.Id == link.OrganisationId).Select(one => one.Name).SingleAsync(stop);
                return new($"Bookings of {name}", $"Buchungen von {name}");
            default:
                return Same(owner.Name.Text);
        }

        static Words Same(string text) => new(text, text);
    }
}

/// <summary>One entry as a link may show it.</summary>
internal sealed record LinkedEntries(Entries Entries, HubDirectory Map, Language Language, FeedLink Link)
{
    private static readonly Words booked = new("Booked", "Belegt");

    public CalendarEntry Of(Booking booking, PersonName name)
    {
        var entry = Entries.Of(booking, Map, Language);
        if (Link.Detail == FeedDetail.Busy)
            return Busy(entry);
        return Link.Of switch
        {
            FeedOf.Member => entry,
            // Titles are private to the member and the front desk.
            FeedOf.Organisation => entry with { Summary = $"{name.Text}, {Map.Space(booking.SpaceId)!.Name}", Description = null },
            _ => entry with { Summary = booking.Title is { } title ? $"{title} ({name.Text})" : name.Text },
        };
    }

    public CalendarEntry Of(Event evt)
    {
        var entry = Entries.Of(evt, Map, Language);
        return Link.Detail == FeedDetail.Busy ? Busy(entry) : entry;
    }

    /// <summary>The reason is for all members to read.</summary>
    public CalendarEntry Of(SpaceClosure closure)
    {
        var space = Map.Space(closure.SpaceId)!;
        var place = Map.PlaceOf(space);
        return new CalendarEntry
        {
            Uid = Entries.UidOf(closure),
            Sequence = 0,
            Summary = $"{new Words("Out of service", "Außer Betrieb").In(Language)}: {closure.Reason.In(Language)}",
            Location = $"{space.Name}, {place.Site.Name}",
            When = closure.LocalSpan,
            ZoneId = place.Site.ZoneId,
            CreatedAt = MadeAt(closure.Id),
            ChangedAt = MadeAt(closure.Id),
        };
    }

    /// <summary>RFC 9562 5.7: a version 7 begins with the milliseconds since 1970.</summary>
    private static Instant MadeAt(Guid id) =>
        Instant.FromUnixTimeMilliseconds(long.Parse(id.ToString("N").AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private CalendarEntry Busy(CalendarEntry entry) => entry with { Summary = booked.In(Language), Description = null, Url = null };
}
