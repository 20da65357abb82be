using DigiHub.Data;

namespace DigiHub.Mail;

/// <summary>Whether notifications, and reminders, reach an address; for its owner.</summary>
public sealed class AddressStatus(HubDbFactory databases)
{
    public async Task<bool> Run(EmailAddress email, CancellationToken stop)
    {
        var normalized = email.Key;
        await using var db = databases.Open();
        return !await db.Suppressions.AnyAsync(one => one.NormalizedEmail == normalized && one.Scope == SuppressionScope.Everything, stop);
    }

    /// <summary>Why no reminders do; null where they do, or where nothing does.</summary>
    public async Task<SuppressionReason?> WhyNoReminders(EmailAddress email, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.WhyNoReminders(email, stop);
    }
}
