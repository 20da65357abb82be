using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Operations;

/// <summary>
/// An administrator suppresses an address by hand, or lifts that. Both are recorded in activity with who did it; the
/// address is recorded as a pseudonym, so that it can still be looked up.
/// </summary>
public sealed class SuspendAddress(UnitOfWork unitOfWork, HubTokenSigner signers, IClock clock)
{
    /// <param name="note">Why, in a word: "asked by phone". At most <see cref="Suppression.DiagnosticMax"/> characters are kept.</param>
    /// <returns>
    /// The id of the row. Refuses as EmailAddress.Parse does, and with "already_suspended" where
    /// notifications of the scope are stopped already.
    /// </returns>
    public async Task<Outcome<Guid>> Run(string? typed, SuppressionScope scope, string? note, Guid actorId, CancellationToken stop)
    {
        var parsed = EmailAddress.Parse(typed);
        if (!parsed.IsDone)
            return parsed.Refusal;
        var email = parsed.Value;
        var signer = await signers.Get(stop);
        return await unitOfWork.Run<Guid>(async db =>
        {
            var (now, normalized) = (clock.GetCurrentInstant(), email.Key);
            if (!await db.Suppress(email, scope, SuppressionReason.ByStaff, now, note, stop))
                return Already;
            var id = db.Suppressions.Local.Single(one => one.NormalizedEmail == normalized && one.Scope == scope).Id;
            db.Record(now, actorId, SuppressionActs.Added, id, Detail(signer, normalized, scope, SuppressionReason.ByStaff));
            return id;
        }, stop);
    }

    /// <summary>Notifications that were held back stay so; those still to come go out. Refuses with not_found.</summary>
    public async Task<Outcome<Guid>> Lift(Guid id, Guid actorId, CancellationToken stop)
    {
        var signer = await signers.Get(stop);
        return await unitOfWork.Run<Guid>(async db =>
        {
            if (await db.Suppressions.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, stop) is not { } one
                || !await db.LiftSuppressionOf(one.NormalizedEmail, one.Scope, stop))
                return Refusal.NotFound;
            db.Record(clock.GetCurrentInstant(), actorId, SuppressionActs.Lifted,
                id, Detail(signer, one.NormalizedEmail, one.Scope, one.Reason));
            return id;
        }, stop);
    }

    private static string Detail(TokenSigner signer, string normalized, SuppressionScope scope, SuppressionReason reason) =>
        $"{scope} {reason} {AnonymiseNotifications.PseudonymOf(signer, normalized)}";

    private static Refusal Already { get; } = new("already_suspended", new(
        "E-mails of this kind to this address are already blocked.", "E-Mails dieser Art an diese Adresse sind schon gesperrt."))
    { Field = "email" };
}
