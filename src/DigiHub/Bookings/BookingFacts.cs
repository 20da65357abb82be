using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Everything needed under the locks of a space and a member, in one query: while it runs,
/// everybody else who books that space waits.
/// </summary>
/// <param name="Stamp">Of the catalogue in force: what was decided by another one is decided again.</param>
internal sealed record BookingFacts(string? Stamp, Member Member, Instant? TakenAt, bool HasDeskThen, int OpenBookings)
{
    public Refusal? WhyNot(Instant now) => this switch
    {
        { Member.DisabledAt: not null } => BookingRules.MemberDisabled,
        { TakenAt: { } takenAt } => ClaimSpace.Taken(takenAt, now),
        { HasDeskThen: true } => BookingRules.AlreadyBooked,
        { OpenBookings: >= BookingRules.OpenBookingsMax } => BookingRules.TooManyBookings,
        _ => null,
    };

    /// <summary>The same of what has begun already: it only must not overlap.</summary>
    public Refusal? WhyNotThen(Instant now) => TakenAt is { } takenAt ? ClaimSpace.Taken(takenAt, now) : null;

    /// <summary>Null: no such member. The member is tracked.</summary>
    public static Task<BookingFacts?> Of(
        HubDb db, Guid memberId, Space space, Span span, Span blocked, Instant now, CancellationToken stop) =>
        question.For(db)(db, memberId, space.Id, space.Kind == SpaceKind.Desk, span.Start, span.End,
            blocked.Start, blocked.End, blocked.Start - Claim.LengthMax, now, stop);

    private static readonly CompiledQuery<Func<HubDb, Guid, int, bool, Instant, Instant, Instant,
        Instant, Instant, Instant, CancellationToken, Task<BookingFacts?>>> question = new(() =>
            EF.CompileAsyncQuery((HubDb db, Guid memberId, int spaceId, bool isDesk, Instant start, Instant end,
                Instant blockedFrom, Instant blockedUntil, Instant lookBack, Instant now, CancellationToken stop) =>
                db.Set<Member>().Where(member => member.Id == memberId).Select(member => new BookingFacts(
                    db.Set<CatalogueStamp>().Where(one => one.Id == CatalogueStamp.OnlyId).Select(one => one.Stamp).FirstOrDefault(),
                    member,
                    db.Set<Claim>().Where(claim => db.Set<SpaceUnit>().Any(unit => unit.SpaceId == spaceId && unit.UnitId == claim.UnitId)
                        && claim.Start < blockedUntil && claim.Start > lookBack && claim.End > blockedFrom)
                            .Max(claim => (Instant?)claim.TakenAt),
                    isDesk && db.Set<Booking>().Any(own => own.MemberId == memberId && own.Status == BookingStatus.Confirmed
                        && own.Start < end && own.End > start
                        && db.Set<Space>().Any(desk => desk.Id == own.SpaceId && desk.Kind == SpaceKind.Desk)),
                    db.Set<Booking>().Count(own => own.MemberId == memberId && own.SeriesId == null
                        && own.Status == BookingStatus.Confirmed && own.Start > now)))
                .FirstOrDefault()));
}
