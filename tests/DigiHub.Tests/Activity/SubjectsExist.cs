using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Sites;
using DigiHub.Webhooks;

namespace DigiHub.Tests.Activity;

/// <summary>Looks at every act of every test, just before its commit: its subject must be a row of the table that the act speaks of.</summary>
internal sealed class SubjectsExist : IBeforeCommit
{
    private static readonly Dictionary<string, Type> tables = new(StringComparer.Ordinal)
    {
        ["booking"] = typeof(Booking),
        ["event"] = typeof(Event),
        ["registration"] = typeof(Registration),
        ["member"] = typeof(Member),
        ["token"] = typeof(AccessToken),
        ["reminder_template"] = typeof(ReminderTemplate),
        ["closure"] = typeof(Closure),
        ["email"] = typeof(Notification),
        ["suppression"] = typeof(Suppression),
        ["webhook"] = typeof(WebhookEndpoint),
        ["webhook_delivery"] = typeof(WebhookDelivery),
    };

    private static readonly string[] taking = [".deleted", ".removed", ".revoked", ".lifted", ".ended"];

    public async Task Look(HubDb db, CancellationToken stop)
    {
        foreach (var act in db.ChangeTracker.Entries<AuditEntry>().Select(entry => entry.Entity).ToList())
        {
            var isOfTheHub = act.SubjectId is null && act.SubjectNumber is null;
            if (isOfTheHub != !tables.TryGetValue(Act.ThingOf(act.Act), out var table))
                throw new InvalidOperationException($"{act.Act} has a subject of no known kind, or none.");
            var gone = taking.Any(end => act.Act.EndsWith(end, StringComparison.Ordinal));
            if (table is not null && !gone && !await IsThere(db, table, (object?)act.SubjectId ?? act.SubjectNumber!, stop))
                throw new InvalidOperationException($"{act.Act} names {act.SubjectId}{act.SubjectNumber}, which is no {table.Name}.");
        }
    }

    private static async Task<bool> IsThere(HubDb db, Type table, object id, CancellationToken stop) =>
        db.ChangeTracker.Entries().Any(entry => entry.Metadata.ClrType == table && Equals(entry.Property("Id").CurrentValue, id))
        || await db.FindAsync(table, [id], stop) is not null;
}
