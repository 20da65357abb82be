using System.Collections.Frozen;
using DigiHub.Bookings.Demand;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>What somebody looks for; null asks for nothing in particular.</summary>
public sealed record FreeSpacesRequest
{
    public required When When { get; init; }

    /// <summary>Null: at every site.</summary>
    public int? SiteId { get; init; }

    public int? FloorId { get; init; }

    public SpaceKind? Kind { get; init; }

    public int? People { get; init; }

    /// <summary>Keys of what must stand in it, all of it.</summary>
    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    /// <summary>While somebody types: what is not found then is nobody's unmet wish yet, and is not counted.</summary>
    public bool IsHalfTyped { get; init; }
}

/// <summary>A space that could be booked for the whole of the time.</summary>
public sealed record FreeSpace(Space Space, SiteContext Place, LocalSpan When);

/// <summary>The time-first search: what is free then, the right size first.</summary>
public sealed class FreeSpaces(RecentClaims recent, Catalogue catalogue, UnmetWishes unmetWishes, IClock clock)
{
    public const int SpacesMax = 200;

    /// <summary>
    /// Free for the whole of the time and within the rules; fewest empty seats first, then by name; at most 200. Refuses, as
    /// <see cref="When.At"/> and <see cref="BookingRules.Check"/> do, if no space anywhere could be booked then.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FreeSpace>>> Run(FreeSpacesRequest request, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var places = map.Places.Where(place => request.SiteId is null || place.Site.Id == request.SiteId).ToList();
        if (places.Count == 0)
            return Refusal.NotFound;
        if (request.People < 1)
            return BookingRules.NobodyComes;

        var found = new List<(FreeSpace Free, Span Span)>();
        Refusal? whyNone = null;
        foreach (var place in places)
        {
            // Every site is asked, whatever the one before it said.
            var why = AddBookable(found, map, place, request, clock.GetCurrentInstant());
            whyNone ??= why;
        }

        if (found.Count == 0)
            return whyNone is not null ? whyNone : Array.Empty<FreeSpace>();

        var window = new Span(found.Min(one => one.Span.Start), found.Max(one => one.Span.End));
        var isFree = await recent.Free([.. found.Select(one => one.Free.Space)], window, stop);
        var free = found.Where(one => isFree(one.Free.Space, one.Span)).Select(one => one.Free).ToList();
        if (free.Count == 0 && !request.IsHalfTyped)
        {
            var (place, when) = (found[0].Free.Place, found[0].Free.When);
            unmetWishes.Note(UnmetWish.NothingFree, place.Site.Id, request.Kind, when.Start, by: null);
        }

        return free
            .OrderBy(one => one.Space.Capacity - (request.People ?? 1))
            .ThenBy(one => one.Place.Site.Id).ThenBy(one => one.Space.Name, StringComparer.Ordinal)
            .Take(SpacesMax).ToArray();
    }

    /// <summary>Returns the first rule that said no.</summary>
    private static Refusal? AddBookable(
        List<(FreeSpace Free, Span Span)> found, HubDirectory map, SiteContext place, FreeSpacesRequest request, Instant now)
    {
        var local = request.When.At(place);
        if (!local.IsDone)
            return local.Refusal;

        var rules = new CachedRuleCheck(place, now);
        Refusal? first = null;
        foreach (var space in map.Offered(place.Site.Id, request.Kind).Where(space => Suits(space, request)))
        {
            var span = rules.Check(space, local.Value);
            if (span.IsDone)
                found.Add((new FreeSpace(space, place, local.Value), span.Value));
            else
                first ??= span.Refusal;
        }

        return first;
    }

    private static bool Suits(Space space, FreeSpacesRequest request) =>
        space.Capacity >= (request.People ?? 1)
        && space.Has(request.Equipment)
        && (request.FloorId is null || space.FloorId == request.FloorId);
}
