using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;

namespace DigiHub.Privacy;

/// <summary>
/// Takes back, by the link of the e-mail, that one wants to be forgotten: the account opens again. What was cancelled stays cancelled.
/// </summary>
public sealed class TakeBackErasure(UnitOfWork unitOfWork, HubDbFactory databases, HubTokenSigner tokenSigner, IClock clock)
{
    public static Refusal TooLate { get; } = new("erased", new(
        "This account has been deleted. Nothing is left to bring back.",
        "Dieses Konto ist gelöscht. Es ist nichts mehr da, was sich zurückholen ließe."));

    /// <summary>Null: the link is of nothing.</summary>
    public async Task<Erasure?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.KeepAccount, token) is not { } id)
            return null;
        await using var db = databases.Open();
        return await db.Erasures.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
    }

    /// <summary>Refuses with not_found and erased. Taking back twice is no refusal.</summary>
    public async Task<Outcome<Erasure>> Run(string token, CancellationToken stop)
    {
        if (await Look(token, stop) is not { MemberId: { } memberId, Id: var id })
            return Refusal.NotFound;
        return await unitOfWork.Run<Erasure>(async db =>
        {
            await db.AcquireLocks([LockKey.OfSubject(memberId), LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            var erasure = await db.Erasures.SingleAsync(one => one.Id == id, stop);
            if (erasure.TakenBackAt is not null)
                return erasure;
            if (erasure.DoneAt is not null || await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member)
                return TooLate;
            (erasure.TakenBackAt, member.DisabledAt) = (now, null);
            db.Record(now, memberId, PrivacyActs.ErasureTakenBack, id);
            return erasure;
        }, stop);
    }
}
