using DigiHub.Activity;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Makes bookings ahead another member's, in the transaction of one act. They keep their ids and their claims, so nobody can take the space
/// meanwhile; their titles were private and go. The new member gets one e-mail, about all of them.
/// </summary>
internal static class HandOverBookings
{
    private const int NamedMax = 10;

    /// <summary>
    /// Those that the new member may not have, each with already_booked or too_many_bookings; the soonest of the others have what room
    /// there is. The caller holds the locks of all these members.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, Refusal>> WhyNot(
        HubDb db, HubDirectory map, IReadOnlyList<Booking> bookings, Member to, Instant now, CancellationToken stop)
    {
        var theirs = await db.Bookings.AsNoTracking()
            .Where(own => own.MemberId == to.Id && own.Status == BookingStatus.Confirmed && own.End > now).ToListAsync(stop);
        List<Span> atDesks = [.. theirs.Where(IsDesk).Select(own => own.Span)];
        var room = BookingRules.OpenBookingsMax - theirs.Count(own => own.Start > now);
        Dictionary<Guid, Refusal> why = [];
        foreach (var booking in bookings.OrderBy(one => one.Start))
        {
            if (IsDesk(booking) && atDesks.Exists(other => other.Start < booking.End && other.End > booking.Start))
                why[booking.Id] = BookingRules.AlreadyBooked;
            else if (room-- <= 0)
                why[booking.Id] = BookingRules.TooManyBookings;
        }

        return why;

        bool IsDesk(Booking booking) => map.Space(booking.SpaceId)?.Kind == SpaceKind.Desk;
    }

    /// <summary>hand_over_not_possible, with a line for each of those that the new member may not have, up to a bound.</summary>
    public static Refusal Impossible(
        HubDirectory map, IReadOnlyList<Booking> bookings, IReadOnlyDictionary<Guid, Refusal> why, Member to, string field)
    {
        var cannot = bookings.Where(one => why.ContainsKey(one.Id)).OrderBy(one => one.Start).ToList();
        var named = cannot.Take(NamedMax).Select(one =>
        {
            var (space, when) = (map.Space(one.SpaceId)?.Name ?? "?", TimeWords.Span(one.LocalSpan));
            var reason = why[one.Id].Code == BookingRules.AlreadyBooked.Code
                ? new Words("another desk then", "dann an einem anderen Platz")
                : new Words($"already {BookingRules.OpenBookingsMax} bookings ahead",
                    $"schon {BookingRules.OpenBookingsMax} kommende Buchungen");
            return new Words($"{space}, {when.English} ({reason.English})", $"{space}, {when.German} ({reason.German})");
        }).ToList();
        var more = cannot.Count - named.Count;
        var (english, german) = (string.Join("; ", named.Select(one => one.English)), string.Join("; ", named.Select(one => one.German)));
        return new("hand_over_not_possible", new(
            $"{to.Name.Isolated} can’t have these: {english}{(more > 0 ? $"; and {more} more" : "")}. "
                + "Choose somebody else, or what becomes of these instead.",
            $"{to.Name.Isolated} kann diese nicht übernehmen: {german}{(more > 0 ? $"; und {more} weitere" : "")}. "
                + "Wählen Sie jemand anderen oder was stattdessen aus diesen wird.",
            $"{to.Name.Isolated} kann diese nicht übernehmen: {german}{(more > 0 ? $"; und {more} weitere" : "")}. Wähle jemand anderen "
                + "oder was stattdessen aus diesen wird."))
        { Field = field };
    }

    /// <summary>
    /// The caller holds the locks of all these members, loaded the bookings, tracked, under these and asked <see cref="WhyNot"/>. None
    /// has begun.
    /// </summary>
    /// <param name="former">Whose they are, by id.</param>
    public static async Task Run(
        HubDb db, HubDirectory map, IReadOnlyList<Booking> bookings, IReadOnlyDictionary<Guid, Member> former, Member to, Guid? actorId,
        Instant now, CancellationToken stop)
    {
        Guid[] fromIds = [.. bookings.Select(one => one.MemberId).Distinct()];
        await SeriesDates.HandedOver(db, bookings, former, now, stop);
        await MeetingParts.PartFrom(db, bookings, stop);
        // The first part of a meeting tells of both.
        var told = bookings.Count(one => !one.IsSecondPart);
        var owners = bookings.ToDictionary(one => one.Id, one => former[one.MemberId]);
        foreach (var booking in bookings)
            booking.HandTo(to, now);
        foreach (var booking in bookings)
        {
            var (from, place) = (owners[booking.Id], map.Place(booking.SiteId)!);
            var changes = BookingChanges.Of(db, booking);
            if (booking.IsSecondPart)
                await BookingEmails.HandOverWithFirst(db, booking, place, from, to, now, stop);
            else
                await BookingEmails.HandOver(db, booking, place, from, to, together: told > 1, now, stop);
            db.Record(now, actorId, BookingActs.HandedOver, booking.Id, changes: changes, onBehalfOf: to.Id);
        }

        if (told > 1)
            db.Write(Notification.To(Recipient.Of(to), BookingNotifications.ReceivedSeveral, Member.Subject.Of(to.Id), now, now,
                revision: $"{Guid.NewGuid():N}",
                note: new ReceivedNote(fromIds is [var one] ? one : null, [.. bookings.Select(booking => booking.Id)]).Written));
    }
}
