using System.Runtime.CompilerServices;
using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

public enum BusyKind
{
    Booking,

    /// <summary>The viewer's own booking.</summary>
    Mine,

    Event,

    /// <summary>Nobody can use it.</summary>
    OutOfService,
}

/// <summary>The rooms of a site on one day.</summary>
/// <param name="Hours">Null: closed all day, and <paramref name="WhyClosed"/> says why.</param>
/// <param name="Spaces">All that are offered, by name.</param>
public sealed record DayPicture(SiteContext Place, LocalDate Day, DayHours? Hours, Words? WhyClosed, IReadOnlyList<SpaceDay> Spaces)
{
    /// <summary>
    /// The same instance is given to everyone who may see no more, for as long as nothing changes: worth keeping what is made of it.
    /// </summary>
    public bool IsShared { get; init; }
}

/// <summary>
/// A space on one day. The same instance is given to everyone who has nothing of their own there, for as long as nothing changes.
/// </summary>
/// <param name="Busy">By start; those of a divisible room's parts may overlap.</param>
public sealed record SpaceDay(Space Space, IReadOnlyList<BusySpan> Busy);

/// <summary>A time at which a space cannot be had, set-up and tear-down inside, cut to the day.</summary>
/// <param name="Title">Only where the viewer may see the booking.</param>
/// <param name="BookingId">Only where the viewer may see the booking.</param>
public sealed record BusySpan(LocalDateTime Start, LocalDateTime End, BusyKind Kind, string? Title, Guid? BookingId)
{
    /// <summary>
    /// What was booked, of the viewer's own booking of this very space; null for all else, a hall's row over its part included.
    /// </summary>
    public LocalSpan? Booked { get; init; }
}

/// <summary>What is taken when, of all rooms of a site on one day, with at most two questions to the database.</summary>
public sealed class DayTimeline(HubDbFactory databases, RecentClaims recent, Catalogue catalogue)
{
    // By the claims it was made of, and gone with them. Most rooms of a day hold nothing of who looks at it.
    private readonly ConditionalWeakTable<object, Shared> kept = [];

    private sealed record Shared(HubDirectory Map, SpaceKind? Kind, DayPicture Picture);

    /// <param name="kind">Null: everything but desks.</param>
    /// <returns>Null: no such site, or a day outside the hub's calendar.</returns>
    public async Task<DayPicture?> Run(int siteId, LocalDate day, Viewer viewer, SpaceKind? kind, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(siteId) is not { } place || day.Year is < SiteTime.YearMin or > SiteTime.YearMax)
            return null;

        var spaces = map.Offered(siteId, kind).Where(space => kind is not null || space.Kind != SpaceKind.Desk).ToList();
        var wholeDay = place.Time.DayOf(day);
        await using var db = databases.Open();
        var holds = await Occupancy.Load(db, recent, spaces, wholeDay, viewer, stop);
        if (holds.SharedClaims is not { } claims)
            return Picture(space => DayOf(space, holds, viewer));
        if (!kept.TryGetValue(claims, out var known) || known.Map != map || known.Kind != kind
            || known.Picture.Day != day || known.Picture.Place != place)
        {
            var asAnybody = Occupancy.Of(claims);
            known = new Shared(map, kind, Picture(space => DayOf(space, asAnybody, Viewer.Anonymous)) with { IsShared = true });
            kept.AddOrUpdate(claims, known);
        }

        if (!spaces.Exists(holds.OfTheirOwn))
            return known.Picture;
        var shared = known.Picture.Spaces.ToDictionary(one => one.Space.Id);
        return Picture(space => holds.OfTheirOwn(space) ? DayOf(space, holds, viewer) : shared[space.Id]);

        DayPicture Picture(Func<Space, SpaceDay> dayOf) =>
            new(place, day, place.Hours.On(day), place.Hours.WhyClosed(day), [.. spaces.Select(dayOf)]);

        SpaceDay DayOf(Space space, Occupancy occupancy, Viewer seenBy) =>
            new(space, [.. BusyOn(space, wholeDay, occupancy, place.Time, seenBy)]);
    }

    /// <summary>One span for each holder: a hall's two units, or the pieces of a long claim, are one thing to look at.</summary>
    private static IEnumerable<BusySpan> BusyOn(Space space, Span day, Occupancy holds, SiteTime time, Viewer viewer) =>
        from hold in holds.On(space, day)
        group hold by hold.HolderId into held
        let start = Instant.Max(day.Start, held.Min(hold => hold.Start))
        let end = Instant.Min(day.End, held.Max(hold => hold.End))
        orderby start
        select Shown(held.First(), space, time.Local(start), time.Local(end), viewer);

    private static BusySpan Shown(Hold hold, Space space, LocalDateTime start, LocalDateTime end, Viewer viewer)
    {
        if (hold.BookingId is null)
            return new BusySpan(start, end,
                hold.IsOutOfService ? BusyKind.OutOfService : hold.IsOffered ? BusyKind.Booking : BusyKind.Event,
                Title: null, BookingId: null);

        var isMine = viewer.MemberId is not null && hold.MemberId == viewer.MemberId;
        return isMine || viewer.Sees(space.SiteId)
            ? new BusySpan(start, end, isMine ? BusyKind.Mine : BusyKind.Booking, hold.Title, hold.BookingId)
            {
                Booked = isMine && hold is { SpaceId: { } of, StartLocal: { } from, EndLocal: { } until } && of == space.Id
                    ? new LocalSpan(from, until)
                    : null,
            }
            : new BusySpan(start, end, BusyKind.Booking, Title: null, BookingId: null);
    }
}
