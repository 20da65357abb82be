using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Reminders;

namespace DigiHub.Events;

/// <summary>Which fields of a tracked event an edit has changed so far, as the audit trail names them; the instants follow from the local times.</summary>
internal static class EventChanges
{
    public static string? Fields(HubDb db, Event evt)
    {
        string?[] fields = [
            db.ChangedFields(evt, nameof(Event.Start), nameof(Event.End), nameof(Event.Revision), nameof(Event.CalendarSequence)),
            db.ChangeTracker.Entries<ReminderRule>().Any(entry => entry.State is not EntityState.Unchanged) ? "reminders" : null];
        return string.Join(", ", fields.OfType<string>()) is { Length: > 0 } changed ? changed : null;
    }
}
