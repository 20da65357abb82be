using DigiHub.Access;
using DigiHub.Bookings.Meetings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>
/// A booking that somebody may change, read under the locks of its member and its spaces, so that nobody else changes it.
/// </summary>
internal sealed record LockedBooking(Booking Booking, Member Member, Space Space)
{
    /// <summary>The other part of its meeting, tracked and locked like it; null: it is of none.</summary>
    public Booking? Other { get; private init; }

    /// <summary>Where the other part is, the actor may change it, too.</summary>
    private bool MayChangeOther { get; init; }

    /// <summary>
    /// The other part of its meeting while both are ahead: then one act concerns both. Later each is by itself, as each has its own room.
    /// Refuses with meeting_at_other_site; null: it alone.
    /// </summary>
    public Outcome<Booking?> Together(Instant now)
    {
        if (Other is null || Booking.StageAt(now) != BookingStage.Upcoming || Other.StageAt(now) != BookingStage.Upcoming)
            return (Booking?)null;
        return MayChangeOther ? Other : MeetingRefusals.AtTheOtherSite;
    }

    /// <summary>The same from the other part's side; only where it has one.</summary>
    internal LockedBooking AsOther(Space space) => new(Other!, Member, space) { Other = Booking, MayChangeOther = true };

    /// <param name="next">The space it may go to, or null.</param>
    /// <param name="inPool">Any of its pool may follow: takes the locks of all of them, too.</param>
    /// <param name="ifRevision">The revision the actor has seen; null: whichever it is.</param>
    /// <returns>Refuses with not_found, member_disabled, only_for_yourself (into a site where they act for nobody else) or stale.</returns>
    public static async Task<Outcome<LockedBooking>> Take(
        HubDb db, HubDirectory map, Guid bookingId, Guid actorId, Space? next, int? ifRevision, Instant now, CancellationToken stop,
        bool inPool = false)
    {
        if (await db.Viewer(actorId, now, stop) is not { } actor)
            return BookingRules.MemberDisabled;

        var theirs = db.Bookings.ChangeableBy(actor).Where(known => known.Id == bookingId);
        var seen = await theirs
            .Select(known => new { known.SpaceId, known.MemberId, known.PoolId, known.MeetingId }).FirstOrDefaultAsync(stop);
        if (seen is null || map.Space(seen.SpaceId) is not { } space)
            return Refusal.NotFound;
        if (next is not null && !actor.IsOrActsFor(seen.MemberId) && !actor.May(Permission.BookForOthers, next.SiteId))
            return BookingRules.OnlyForYourself;

        var pooled = inPool && map.Pool(seen.PoolId) is { } pool ? map.MembersOf(pool) : [];
        var otherSpace = await MeetingParts.OtherSpace(db, map, seen.MeetingId, bookingId, stop);
        await db.AcquireLocks(
            [.. ClaimSpace.Locks([space, next ?? space, otherSpace ?? space, .. pooled]), LockKey.OfSubject(seen.MemberId)], stop);

        // Read again: while waiting for the locks it may have been changed, even moved to a space or handed to a member not locked here.
        var booking = await theirs.FirstOrDefaultAsync(stop);
        if (booking is null || booking.MemberId != seen.MemberId || booking.SpaceId != space.Id
            || (ifRevision is not null && ifRevision != booking.Revision))
            return Refusal.Stale;
        var other = await MeetingParts.Other(db, booking, stop);
        if (other?.SpaceId != otherSpace?.Id)
            return Refusal.Stale;
        return new LockedBooking(booking, await db.Members.FirstAsync(member => member.Id == seen.MemberId, stop), space)
        {
            Other = other,
            MayChangeOther = other?.MayBeChangedBy(actor) == true,
        };
    }
}
