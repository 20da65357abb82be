using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Suppressions;

namespace DigiHub.Letters;

/// <summary>
/// Has letters that were given up tried again, as if they had never been tried: for when the trouble was the relay's or
/// ours and is mended. One of which nobody knows whether it went out is sent again too; whoever asks for that knows it.
/// </summary>
public sealed class RequeueLetters(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Letters put back by one call of <see cref="Failed"/>.</summary>
    public const int AtOnceMax = 10_000;

    /// <summary>
    /// Refuses with not_found; with not_given_up what is not Failed; with too_late what has passed its last moment; with
    /// letter_forgotten what has lost its recipient to the time limit; with address_suspended what would be held back at once.
    /// </summary>
    public Task<Outcome<Guid>> One(Guid letterId, Guid? actorId, CancellationToken stop) => unitOfWork.Run<Guid>(
        async db =>
        {
            var now = clock.GetCurrentInstant();
            var letter = await db.Letters.AsNoTracking().SingleOrDefaultAsync(one => one.Id == letterId, stop);
            if (WhyNot(letter, now) is { } refusal)
                return refusal;
            if (await IsSuspended(db, letter!.NormalizedEmail, stop))
                return Suspended;
            if (await PutBack(db.Letters.Where(one => one.Id == letterId), now, stop) == 0)
                return NotGivenUp;
            db.Record(now, actorId, Act.LetterRequeued, letterId);
            db.LeavesWork = true;
            return letterId;
        },
        stop);

    /// <summary>
    /// All that were given up, due since this instant and still worth sending, but for those to suspended addresses; at most
    /// <see cref="AtOnceMax"/>, the longest written first. Says how many.
    /// </summary>
    public Task<Outcome<int>> Failed(Instant dueSince, Guid? actorId, CancellationToken stop) => unitOfWork.Run<int>(
        db =>
        {
            var suspended = db.Suppressions.Where(one => one.Scope == SuppressionScope.Everything);
            return PutAllBack(db, db.Letters.Where(letter => letter.DueAt >= dueSince && !suspended.Any(one => one.NormalizedEmail == letter.NormalizedEmail)), actorId, stop);
        },
        stop);

    /// <summary>The same for one address, however it is spelled; refuses with address_suspended.</summary>
    public Task<Outcome<int>> To(EmailAddress email, Instant dueSince, Guid? actorId, CancellationToken stop) => unitOfWork.Run<int>(
        async db =>
        {
            var normalized = email.Key;
            if (await IsSuspended(db, normalized, stop))
                return Suspended;
            return await PutAllBack(db, db.Letters.Where(letter => letter.NormalizedEmail == normalized && letter.DueAt >= dueSince), actorId, stop);
        },
        stop);

    private async Task<Outcome<int>> PutAllBack(HubDb db, IQueryable<Letter> letters, Guid? actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var ids = await letters
            .Where(letter => letter.State == LetterState.Failed && letter.ForgottenAt == null && (letter.NotAfter == null || letter.NotAfter > now))
            .OrderBy(letter => letter.Id).Select(letter => letter.Id).Take(AtOnceMax).ToListAsync(stop);
        var count = 0;
        foreach (var some in ids.Chunk(500)) // parameters of one statement
        {
            count += await PutBack(db.Letters.Where(letter => EF.Parameter(some).Contains(letter.Id)), now, stop);
            foreach (var id in some)
                db.Record(now, actorId, Act.LetterRequeued, id);
        }

        db.LeavesWork = count > 0;
        return count;
    }

    private static Task<bool> IsSuspended(HubDb db, string normalized, CancellationToken stop) =>
        db.Suppressions.AnyAsync(one => one.NormalizedEmail == normalized && one.Scope == SuppressionScope.Everything, stop);

    private static Refusal? WhyNot(Letter? letter, Instant now) => letter switch
    {
        null => Refusal.NotFound,
        { State: not LetterState.Failed } => NotGivenUp,
        { ForgottenAt: not null } => Forgotten,
        { NotAfter: { } last } when last <= now => TooLate,
        _ => null,
    };

    private static Task<int> PutBack(IQueryable<Letter> letters, Instant now, CancellationToken stop) => letters
        .Where(letter => letter.State == LetterState.Failed)
        .ExecuteUpdateAsync(set => set
            .SetProperty(letter => letter.State, LetterState.Retry)
            .SetProperty(letter => letter.NextAttemptAt, now)
            .SetProperty(letter => letter.Attempts, 0)
            .SetProperty(letter => letter.ClaimedAt, (Instant?)null)
            .SetProperty(letter => letter.CarriedBy, (Guid?)null)
            .SetProperty(letter => letter.UncertainAt, (Instant?)null)
            .SetProperty(letter => letter.UncertainCount, 0)
            .SetProperty(letter => letter.Reason, "requeued"), stop);

    private static Refusal NotGivenUp { get; } = new("not_given_up", new(
        "Only a failed e-mail can be retried.",
        "Nur eine nicht zustellbare E-Mail lässt sich erneut versuchen."));

    private static Refusal Suspended { get; } = new("address_suspended", new(
        "This address is blocked, so the e-mail can’t be sent. If the reason no longer applies, unblock the address first (/admin/suspended).",
        "Diese Adresse ist gesperrt, daher wird die E-Mail nicht gesendet. Ist der Grund weggefallen, heben Sie zuerst die Sperre auf (/admin/suspended)."));

    private static Refusal TooLate { get; } = new("too_late", new(
        "It’s too late to send this e-mail. What it was about is over.",
        "Für diese E-Mail ist es zu spät. Ihr Anlass ist vorbei."));

    private static Refusal Forgotten { get; } = new("letter_forgotten", new(
        "This e-mail can’t be sent: its recipient was deleted after the retention period.",
        "Diese E-Mail lässt sich nicht senden: Die Angaben zur Person wurden nach Ablauf der Frist gelöscht."));
}
