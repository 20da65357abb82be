using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Mail;

/// <summary>
/// Ends a pause of the relay at once, for an administrator who has just fixed the settings or knows that it is back: the hub would notice
/// by itself, but only when the pause has run out. Nothing happens if it is not paused.
/// </summary>
public sealed class ResumeRelay(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Says whether there was a pause to end.</summary>
    /// <param name="byMemberId">Null for the command line.</param>
    public Task<Outcome<bool>> Run(Guid? byMemberId, CancellationToken stop) => unitOfWork.Run<bool>(
        async db =>
        {
            var relay = await db.RelayInTurn(stop);
            if (relay.PausedSince is null)
                return false;
            relay.Resume();
            db.Record(clock.GetCurrentInstant(), byMemberId, RelayActs.Resumed);
            db.LeavesWork = true;
            return true;
        },
        stop);
}
