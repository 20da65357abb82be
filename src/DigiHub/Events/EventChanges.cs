using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Reminders;

namespace DigiHub.Events;

/// <summary>What an edit has changed in a tracked event so far, as activity tells it; the instants follow from the local times.</summary>
internal static class EventChanges
{
    private static readonly string[] derived =
        [nameof(Event.Start), nameof(Event.End), nameof(Event.Revision), nameof(Event.CalendarSequence), nameof(Event.ChangedAt)];

    public static FieldChanges? Of(HubDb db, Event evt)
    {
        var rulesChanged = db.ChangeTracker.Entries<ReminderRule>().Any(entry => entry.State is not EntityState.Unchanged);
        return FieldChanges.Of(db, evt, derived, rulesChanged ? ["reminders"] : []);
    }
}
