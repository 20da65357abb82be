using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Displays;

/// <summary>By which rules a room is taken at its door by somebody who stands there.</summary>
public static class WalkUps
{
    /// <summary>So many minutes can be had, no others.</summary>
    public static IReadOnlyList<int> Minutes { get; } = [15, 30, 60];

    /// <summary>Who took it says within this time that they use it.</summary>
    public static readonly Duration CheckInWithin = Duration.FromMinutes(10);

    /// <summary>Its rules let a room be taken there.</summary>
    public static bool AreAllowed(Space space) => space.Kind != SpaceKind.Desk
        && space.Rules is { AllowsWalkUps: true, Granularity: Granularity.Minutes, NoticeMinutes: 0, NeedsApproval: false };

    /// <summary>From the minute that runs, for so many minutes.</summary>
    internal static LocalSpan From(LocalDateTime now, int minutes)
    {
        var start = now.Date + new LocalTime(now.Hour, now.Minute);
        return new(start, start.PlusMinutes(minutes));
    }

    /// <summary>
    /// The real time of it. Refuses with walk_up_not_here where the rules do not allow it, or not so many minutes, and as
    /// <see cref="BookingRules.CheckWalkUp"/> does; whether the room is free is not asked.
    /// </summary>
    internal static Outcome<Span> Check(Space space, SiteContext place, int minutes, Instant now) =>
        AreAllowed(space) && Minutes.Contains(minutes)
            ? BookingRules.CheckWalkUp(space, place, From(place.Time.Local(now), minutes))
            : DeviceRefusals.NoWalkUp;
}
