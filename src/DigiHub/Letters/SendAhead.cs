using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>
/// Lets a letter that waits leave now instead of at its time. Everything else stays: it is looked at again before it
/// leaves, and it leaves once. It is due now, so that it does not bear a date that is still to come.
/// </summary>
public sealed class SendAhead(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found what does not wait (any more).</summary>
    /// <param name="actorId">Null in the demo, where anybody may.</param>
    public Task<Outcome<Guid>> Run(Guid letterId, Guid? actorId, CancellationToken stop) => unitOfWork.Run<Guid>(
        async db =>
        {
            var now = clock.GetCurrentInstant();
            // Tried before it is due, and be it by a moment: so the wait for the morning knows that somebody wants it now.
            var ahead = now - Duration.FromMilliseconds(1);
            var moved = await db.Letters
                .Where(letter => letter.Id == letterId && (letter.State == LetterState.Planned || letter.State == LetterState.Retry))
                .ExecuteUpdateAsync(row => row
                    .SetProperty(letter => letter.NextAttemptAt, ahead)
                    .SetProperty(letter => letter.DueAt, letter => letter.DueAt > now ? now : letter.DueAt), stop);
            if (moved == 0)
                return Refusal.NotFound;
            db.Record(now, actorId, Act.LetterSentAhead, letterId);
            db.LeavesWork = true;
            return letterId;
        },
        stop);
}
