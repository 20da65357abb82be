using DigiHub.Access;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A member is not there on these days, both included; null: the bookings were only chosen from a list.</summary>
public sealed record Absence(LocalDate From, LocalDate Until);

/// <param name="BookingIds">Of one member; 1 to <see cref="CancelSeveral.Max"/>.</param>
public sealed record CancelSeveralRequest(Guid ActorId, IReadOnlyCollection<Guid> BookingIds, Absence? Absence = null);

/// <summary>
/// Cancels bookings of one member together, across series: one transaction, one notification. Series remember the dates, so no change of
/// them brings one back. What has begun, is over or was cancelled meanwhile stays as it is.
/// </summary>
public sealed class CancelSeveral(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int Max = 500;

    /// <summary>A longer one is refused: it would hardly be meant.</summary>
    public const int DaysMax = 366;

    internal static Refusal NothingChosen { get; } = new("nothing_chosen", new(
        "Choose at least one booking.", "Wählen Sie mindestens eine Buchung.", "Wähle mindestens eine Buchung."))
    { Field = "ids" };

    internal static Refusal TooMany { get; } = new("too_many_chosen", new(
        $"Up to {Max} bookings can be cancelled at once.", $"Es lassen sich höchstens {Max} Buchungen auf einmal stornieren."))
    { Field = "ids" };

    /// <summary>
    /// What a member has booked in these days and has not begun, by start: also what only reaches into them. At most
    /// <see cref="Max"/>.
    /// </summary>
    public async Task<IReadOnlyList<BookingView>> During(Guid memberId, Absence absence, CancellationToken stop)
    {
        var (now, start, end) = (clock.GetCurrentInstant(), absence.From.AtMidnight(), absence.Until.PlusDays(1).AtMidnight());
        await using var db = databases.Open();
        var during = db.Bookings.Where(own => own.MemberId == memberId && own.StartLocal < end && own.EndLocal > start).Ahead(now);
        return await BookingViews.Of(
            db, await catalogue.Map(stop), during.OrderBy(own => own.Start).ThenBy(own => own.Id).Take(Max), stop);
    }

    /// <summary>
    /// How many were cancelled. Refuses with nothing_chosen, too_many_chosen, busy, and not_found if one of them is not of the same member
    /// or not the actor's to change.
    /// </summary>
    public async Task<Outcome<int>> Run(CancelSeveralRequest request, CancellationToken stop)
    {
        Guid[] ids = [.. request.BookingIds.Distinct()];
        if (ids.Length is 0 or > Max)
            return ids.Length == 0 ? NothingChosen : TooMany;
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run<int>(
            async db =>
            {
                if (await db.Viewer(request.ActorId, now, stop) is not { } actor)
                    return BookingRules.MemberDisabled;
                var theirs = db.Bookings.ChangeableBy(actor).Where(one => EF.Parameter(ids).Contains(one.Id));
                var members = await theirs.Select(one => one.MemberId).Distinct().ToListAsync(stop);
                if (members is not [var memberId])
                    return Refusal.NotFound;
                // Cancelling frees space only, so no lock of the spaces is needed.
                await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
                var found = await theirs.Where(one => one.MemberId == memberId).ToListAsync(stop);
                if (found.Count < ids.Length)
                    return Refusal.NotFound;
                found.AddRange(await MeetingParts.OthersOf(db, found, stop));
                var ahead = found.Where(one => one.StageAt(now) == BookingStage.Upcoming).OrderBy(one => one.Start).ToList();
                var settled = await SettleBookings.Run(db, await catalogue.Map(stop),
                    [.. ahead.Select(one => new SettledBooking(one, To: null))], Reason(request.Absence), request.ActorId, now, stop,
                    BookingNotifications.CancelledTogether);
                return settled.IsDone ? ahead.Count : settled.Refusal;
            },
            stop);
    }

    private static LocalisedText Reason(Absence? absence)
    {
        if (absence is not var (from, until))
            return new(null, null);
        var (first, last) = (TimeWords.ShortDay(from), TimeWords.ShortDay(until));
        return from == until
            ? LocalisedText.Of(new(
                $"You’re away: {first.English}", $"Sie sind nicht da: {first.German}", $"Du bist nicht da: {first.German}"))
            : LocalisedText.Of(new($"You’re away: {first.English} to {last.English}",
                $"Sie sind nicht da: {first.German} bis {last.German}", $"Du bist nicht da: {first.German} bis {last.German}"));
    }
}
