namespace DigiHub.Notifications;

/// <summary>Who a notification goes to, as they are known when it is written.</summary>
/// <param name="MemberId">Null for a guest.</param>
public sealed record Recipient(PersonName Name, EmailAddress Email, Language Language, Guid? MemberId);

/// <summary>What a reminder is planned for.</summary>
/// <param name="Start">Of the thing; one whose thing starts at another time is stale.</param>
/// <param name="MovedFrom">When it would be due but for the quiet hours; null where they moved nothing.</param>
/// <param name="DaysBefore">For a reminder by days; null for one by hours.</param>
/// <param name="RuleId">For an event's reminder: the rule that asked for it.</param>
public sealed record ReminderOf(Instant Start, Instant? MovedFrom = null, int? DaysBefore = null, Guid? RuleId = null);
