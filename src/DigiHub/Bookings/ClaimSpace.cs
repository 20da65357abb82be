using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Who holds a claim: one booking or one event.</summary>
public sealed record ClaimHolder
{
    private ClaimHolder(Guid? bookingId, Guid? eventId) => (BookingId, EventId) = (bookingId, eventId);

    internal Guid? BookingId { get; }

    internal Guid? EventId { get; }

    public static ClaimHolder Booking(Guid id) => new(id, eventId: null);

    public static ClaimHolder Event(Guid id) => new(bookingId: null, id);
}

/// <summary>
/// Taking and freeing space in the one conflict calendar of bookings and events. The order is always: take the locks, look
/// at the rules, take the space.
/// </summary>
public static class ClaimSpace
{
    /// <summary>Everyone who wants one of these spaces, or one that shares a unit with them, waits for the others here.</summary>
    public static IEnumerable<LockKey> Turns(params IEnumerable<Space> spaces) =>
        spaces.SelectMany(space => space.Units).Select(unit => LockKey.OfUnit(unit.UnitId)).Distinct();

    /// <summary>What a use of the space blocks: with the space's set-up before and tear-down after.</summary>
    public static Span Blocked(Space space, Span span) => Blocked(span, space.SetUpMinutes, space.TearDownMinutes);

    public static Span Blocked(Span span, int setUpMinutes, int tearDownMinutes) =>
        span.Widened(Duration.FromMinutes(setUpMinutes), Duration.FromMinutes(tearDownMinutes));

    /// <summary>
    /// Under the locks of the space: adds the claims, to be saved with the act; or refuses with slot_taken and adds nothing.
    /// </summary>
    public static async Task<Refusal?> Take(HubDb db, Space space, Span blocked, ClaimHolder holder, Instant now, CancellationToken stop)
    {
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        if (await db.Claims.Overlapping(units, blocked).MaxAsync(claim => (Instant?)claim.TakenAt, stop) is { } takenAt)
            return Taken(takenAt, now);
        Add(db, space, blocked, holder, now);
        return null;
    }

    /// <summary>slot_taken, in words that are true: "has just taken" only of what was free a moment ago.</summary>
    /// <param name="takenAt">The latest of the claims in the way.</param>
    internal static Refusal Taken(Instant takenAt, Instant now) => now - takenAt < moment ? UnitOfWork.SlotTaken : isTaken;

    private static readonly Duration moment = Duration.FromMinutes(1); // about as long as somebody looks at a page before pressing "book"

    private static readonly Refusal isTaken = new(UnitOfWork.SlotTaken.Code, new(
        "That’s taken. Choose another time, desk or room.",
        "Das ist belegt. Wählen Sie eine andere Zeit, einen anderen Platz oder Raum."));

    /// <summary>Frees everything the holder has, at once within the transaction, so that it may take it again.</summary>
    public static Task Release(HubDb db, ClaimHolder holder, CancellationToken stop)
    {
        var (bookingId, eventId) = (holder.BookingId, holder.EventId);
        var held = bookingId is not null
            ? db.Claims.Where(claim => claim.BookingId == bookingId)
            : db.Claims.Where(claim => claim.EventId == eventId);
        return held.ExecuteDeleteAsync(stop);
    }

    /// <summary>For whoever has looked already: adds the claims unasked. The database still refuses an overlap.</summary>
    internal static void Add(HubDb db, Space space, Span blocked, ClaimHolder holder, Instant now)
    {
        foreach (var unit in space.Units)
        {
            foreach (var piece in Pieces(blocked))
                db.Claims.Add(new Claim
                {
                    Id = Guid.CreateVersion7(piece.Start.ToDateTimeOffset()),
                    UnitId = unit.UnitId,
                    Start = piece.Start,
                    End = piece.End,
                    TakenAt = now,
                    BookingId = holder.BookingId,
                    EventId = holder.EventId,
                });
        }
    }

    private static IEnumerable<Span> Pieces(Span span)
    {
        for (var start = span.Start; start < span.End; start += Claim.LengthMax)
            yield return new Span(start, Instant.Min(start + Claim.LengthMax, span.End));
    }
}
