using DigiHub.Data;

namespace DigiHub.Mail;

/// <summary>Whether an address gets no reminders, by its reader's or the staff's choice, or nothing at all.</summary>
public static class RemindersOff
{
    extension(HubDb db)
    {
        /// <summary>Why the address gets none though other e-mails reach it; null if it gets reminders.</summary>
        public Task<SuppressionReason?> WhyNoReminders(EmailAddress email, CancellationToken stop)
        {
            var normalized = email.Key;
            return db.Suppressions.Where(one => one.NormalizedEmail == normalized && one.Scope == SuppressionScope.Reminders)
                .Select(one => (SuppressionReason?)one.Reason).FirstOrDefaultAsync(stop);
        }

        /// <summary>What is suppressed of these addresses, in one question: those that get nothing stand in both.</summary>
        /// <param name="normalized">The keys of the addresses.</param>
        public async Task<(IReadOnlySet<string> Everything, IReadOnlySet<string> Reminders)> SuppressedOf(
            IEnumerable<string> normalized, CancellationToken stop)
        {
            string[] asked = [.. normalized.Distinct()];
            var found = asked.Length == 0
                ? []
                : await db.Suppressions.AsNoTracking().Where(one => EF.Parameter(asked).Contains(one.NormalizedEmail))
                .Select(one => new { one.NormalizedEmail, one.Scope }).ToListAsync(stop);
            return (found.Where(one => one.Scope == SuppressionScope.Everything).Select(one => one.NormalizedEmail).ToHashSet(),
                found.Select(one => one.NormalizedEmail).ToHashSet());
        }

        /// <summary>
        /// Its reader wants reminders again, in the caller's transaction: lifts a complaint or an unsubscription; what the staff
        /// decided stays.
        /// </summary>
        public async Task LiftOwnWord(EmailAddress email, CancellationToken stop)
        {
            if (await db.WhyNoReminders(email, stop) is { } reason && reason != SuppressionReason.ByStaff)
                await db.LiftSuppression(email, SuppressionScope.Reminders, stop);
        }
    }
}
