using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>
/// Lets a planned letter leave now instead of at its time, to see it. Everything else stays: it is looked at again before it
/// leaves, and it leaves once.
/// </summary>
public sealed class SendAhead(WriteDoor door, IClock clock)
{
    /// <summary>Refuses with not_found what is not planned any more.</summary>
    public Task<Outcome<Guid>> Run(Guid letterId, CancellationToken stop) => door.Run<Guid>(
        async db =>
        {
            var now = clock.GetCurrentInstant();
            var moved = await db.Letters.Where(letter => letter.Id == letterId && letter.State == LetterState.Planned)
                .ExecuteUpdateAsync(row => row.SetProperty(letter => letter.NextAttemptAt, now), stop);
            if (moved == 0)
                return Refusal.NotFound;
            db.Record(now, null, "letter.sent_ahead", letterId);
            db.LeavesWork = true;
            return letterId;
        },
        stop);
}
