using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Settings;
using DigiHub.Sites;

namespace DigiHub.Opening;

/// <summary>Opens the hub, once: from then on people may be invited and events be published.</summary>
public sealed class OpenHub(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// False if it is open already. Refuses with not_found for who may not, imprint_incomplete (German law asks for an imprint before the
    /// public is addressed: § 5 DDG) and no_site.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="isImprintComplete">Operator, address and e-mail are given, wherever settings come from.</param>
    public Task<Outcome<bool>> Run(Guid? actorId, bool isImprintComplete, CancellationToken stop) => unitOfWork.Run<bool>(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue], stop);
        var now = clock.GetCurrentInstant();
        if (actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSettings) != true)
            return Refusal.NotFound;
        var hub = await db.HubStateToChange(stop);
        if (hub.OpenedAt is not null)
            return false;
        if (!isImprintComplete)
            return ImprintIncomplete;
        if (!await db.Sites.AnyAsync(stop))
            return NoSite;

        hub.OpenedAt = now;
        db.Record(now, actorId, OpeningActs.Opened);
        return true;
    }, stop);

    private static Refusal ImprintIncomplete { get; } = new("imprint_incomplete", new(
        "The imprint needs the operator, the address and an e-mail address before the hub can open.",
        "Bevor der Hub öffnen kann, braucht das Impressum Betreiber, Anschrift und E-Mail-Adresse."));

    private static Refusal NoSite { get; } = new("no_site", new(
        "Add a site before the hub opens.", "Fügen Sie einen Standort hinzu, bevor der Hub öffnet.",
        "Füge einen Standort hinzu, bevor der Hub öffnet."));
}
