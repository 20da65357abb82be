using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Operations;
using DigiHub.Organisations;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DigiHub.Demo;

/// <summary>What went.</summary>
public sealed record RemovedDemo(int Members, int Bookings, int Events);

/// <summary>
/// Takes the demo out of a database, so that a hub of real people can go on in it: its people with all they did, bookings, events, e-mails
/// and the audit trail of these go. Whatever table is new goes, too, unless it is named here as one that stays.
/// </summary>
public sealed class RemoveDemo(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>The hub's own: its secrets, what is known of its machines, and what every hub begins with.</summary>
    private static readonly Type[] ownTables =
    [
        typeof(StoredKey), typeof(HubState), typeof(StoredSetting), typeof(Backup), typeof(Relay), typeof(DomainPace),
        typeof(InboundReading),
        typeof(CatalogueStamp), typeof(Equipment), typeof(OrganisationKind),
    ];

    private static readonly Type[] siteTables =
    [
        typeof(Site), typeof(WeeklyHours), typeof(SpecialHours), typeof(Closure), typeof(Floor), typeof(Space), typeof(SpaceUnit),
        typeof(SpaceEquipment), typeof(RuleSet), typeof(Pool), typeof(FloorPlan), typeof(PlanPlace), typeof(PlanShape), typeof(PlanPicture),
        typeof(Topic),
    ];

    /// <summary>Refuses with no_demo where the database holds none.</summary>
    /// <param name="keepsSites">Sites with their hours, desks and rooms stay, and the topics of events.</param>
    public Task<Outcome<RemovedDemo>> Run(bool keepsSites, CancellationToken stop)
    {
        Type[] kept = keepsSites ? [.. ownTables, .. siteTables] : ownTables;
        return unitOfWork.Run<RemovedDemo>(async db =>
        {
            var hub = await db.HubStateToChange(stop);
            if (hub.DemoSince is null)
                return NoDemo;
            var removed = new RemovedDemo(
                await db.Members.CountAsync(stop), await db.Bookings.CountAsync(stop), await db.Events.CountAsync(stop));
            var gone = InOrder(db.Model).Where(entity => !kept.Contains(entity.ClrType));
            var deletes = gone.Select(entity => $"DELETE FROM \"{entity.GetTableName()}\";\n");
            await db.Database.ExecuteSqlRawAsync(string.Concat(deletes), stop);
            (hub.DemoSince, hub.OpenedAt) = (null, null); // a hub of real people is set up and opened by them
            db.Record(clock.GetCurrentInstant(), actorId: null, DemoActs.Removed);
            db.ChangesCatalogue = true;
            return removed;
        }, stop);
    }

    /// <summary>Those that point at others before these.</summary>
    private static IEnumerable<IEntityType> InOrder(IModel model)
    {
        var left = model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).ToList();
        while (left.Count > 0)
        {
            var next = left.First(entity => !entity.GetReferencingForeignKeys()
                .Any(key => key.DeclaringEntityType != entity && left.Contains(key.DeclaringEntityType)));
            left.Remove(next);
            yield return next;
        }
    }

    private static Refusal NoDemo { get; } = new("no_demo", new(
        "This database does not hold the demo. Nothing was removed.", "Diese Datenbank enthält nicht die Demo. Es wurde nichts entfernt."));
}
