using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Text;

namespace DigiHub.Displays;

/// <summary>How a room stands, as its door says it at a glance.</summary>
public enum DoorState
{
    Free,

    /// <summary>Free, but too short to begin something: the next use begins within <see cref="RoomNow.SoonWithin"/>.</summary>
    Soon,

    InUse,

    /// <summary>The site is closed, or the room is not on offer.</summary>
    Closed,
}

/// <summary>One use of a room today, as everybody at its door may read it.</summary>
/// <param name="Title">Of an event, or of a booking whose member shows it at the door. Null: it is booked, and no more is said.</param>
/// <param name="Who">Whose booking it is, where they show it.</param>
public sealed record DoorUse(LocalDateTime Start, LocalDateTime End, LocalisedText? Title, PersonName? Who)
{
    /// <summary>Null: it is no booking.</summary>
    public Guid? BookingId { get; init; }

    public bool IsWalkUp { get; init; }

    public bool IsOutOfService { get; init; }

    /// <summary>Somebody can check in to it now, and has not; until then it is kept for them.</summary>
    public LocalDateTime? CheckInBy { get; init; }
}

/// <summary>What the screen at the door of a room shows.</summary>
/// <param name="Now">At the site.</param>
/// <param name="Current">What holds the room now; null: nothing does.</param>
/// <param name="Next">What is still to come today, soonest first, at most <see cref="RoomNow.NextMax"/>.</param>
/// <param name="Until">Free: the next use or closing. In use: when it is free again; null: not today any more.</param>
/// <param name="WalkUps">For how many minutes it can be taken there and then.</param>
public sealed record DoorView(
    Space Space, SiteContext Place, LocalDateTime Now, DoorState State, DoorUse? Current, IReadOnlyList<DoorUse> Next,
    LocalDateTime? Until, IReadOnlyList<int> WalkUps)
{
    /// <summary>At the site: since when it has stood so, as far as that is known.</summary>
    public required LocalDateTime ChangedAt { get; init; }

    /// <summary>What somebody who stands there can check in to: what runs, or what begins soon.</summary>
    public DoorUse? ToCheckIn => Current is { CheckInBy: not null } ? Current : Next.FirstOrDefault(use => use.CheckInBy is not null);
}
