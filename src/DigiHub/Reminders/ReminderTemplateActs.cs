using DigiHub.Activity;

namespace DigiHub.Reminders;

/// <summary>What is done to templates of reminders.</summary>
public static class ReminderTemplateActs
{
    public static readonly Act<int> Created = ReminderTemplate.Subject.Act("created");
    public static readonly Act<int> Edited = ReminderTemplate.Subject.Act("edited");
    public static readonly Act<int> Deleted = ReminderTemplate.Subject.Act("deleted");
}
