using DigiHub.Notifications;

namespace DigiHub.Web.Notifications;

/// <summary>Several reminders that leave in one mail, because one address gets at most one in an hour.</summary>
/// <param name="Parts">Each as its own author wrote it, the first due first.</param>
public sealed record RemindersFacts(IReadOnlyList<EmailDraft> Parts);
