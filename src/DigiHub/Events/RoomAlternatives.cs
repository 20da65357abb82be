using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>
/// Where or when else an event could be: rooms big enough that are free then, and the nearest free times of its own room.
/// </summary>
internal static class RoomAlternatives
{
    private const int RoomsHereMax = 2;
    private const int RoomsThereMax = 2;
    private const int TimesMax = 2;
    private const int DaysAround = 3;
    private static readonly Duration step = Duration.FromMinutes(30);

    public static async Task<IReadOnlyList<Alternative>> Find(
        HubDb db, Event evt, Space room, HubDirectory map, Instant now, CancellationToken stop)
    {
        var blocked = ClaimSpace.Blocked(evt.Span, evt.SetUpMinutes, evt.TearDownMinutes);
        var rooms = map.Spaces.Where(space => space.IsOfferedOn(evt.LocalSpan.LastDate)
            && space.Kind is SpaceKind.Room or SpaceKind.Lab && space.Capacity >= evt.Capacity)
            .OrderBy(space => space.Capacity).ToList();
        int[] units = [.. rooms.Append(room).SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        var around = blocked.Widened(Duration.FromDays(DaysAround), Duration.FromDays(DaysAround));
        var taken = (await db.Claims.AsNoTracking().Overlapping(units, around).Where(claim => claim.HolderId != evt.Id)
                .Select(claim => new { claim.UnitId, claim.Start, claim.End }).ToListAsync(stop))
            .ToLookup(claim => claim.UnitId, claim => new Span(claim.Start, claim.End));

        var free = rooms.Where(other => other.Id != room.Id && IsFree(other, blocked)).ToList();
        return
        [
            .. free.Where(other => other.SiteId == room.SiteId).Take(RoomsHereMax)
                .Select(other => At(other, evt.Span, AlternativeKind.OtherSpace)),
            .. Starts().Take(TimesMax).Select(span => At(room, span, AlternativeKind.OtherTime)),
            .. free.Where(other => other.SiteId != room.SiteId).Take(RoomsThereMax)
                .Select(other => At(other, evt.Span, AlternativeKind.OtherSite)),
        ];

        bool IsFree(Space space, Span wanted) => !space.Units.Exists(unit => taken[unit.UnitId].Any(wanted.Overlaps));

        // Nearest first, the later before the earlier of two that are as near; only while the site is open.
        IEnumerable<Span> Starts()
        {
            var place = map.PlaceOf(room);
            for (var away = step; away <= Duration.FromDays(DaysAround); away += step)
            {
                foreach (var shift in new[] { away, -away })
                {
                    var span = new Span(evt.Start + shift, evt.End + shift);
                    if (span.Start > now && IsOpen(place, span)
                        && IsFree(room, ClaimSpace.Blocked(span, evt.SetUpMinutes, evt.TearDownMinutes)))
                        yield return span;
                }
            }
        }

        Alternative At(Space space, Span span, AlternativeKind kind)
        {
            var place = map.PlaceOf(space);
            return new Alternative(space.Id, space.Name, place.Site.Slug, place.Site.Short,
                place.Time.Local(span.Start), place.Time.Local(span.End), kind);
        }
    }

    private static bool IsOpen(SiteContext place, Span span)
    {
        var (start, end) = (place.Time.Local(span.Start), place.Time.Local(span.End));
        return start < end && place.Hours.Check(new LocalSpan(start, end)) is null;
    }
}
