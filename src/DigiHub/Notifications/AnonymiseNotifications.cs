using System.Globalization;
using System.Security.Cryptography;
using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Notifications;

/// <summary>How long notifications keep their recipient, and how long they are kept at all.</summary>
public sealed record NotificationKeeping
{
    /// <summary>
    /// After a notification's time: then name, address, note and the relay's words go, and a pseudonym of the address stays.
    /// </summary>
    public Duration ByName { get; init; } = Duration.FromDays(30);

    /// <summary>After that the row itself goes. More than a year, so that the statistics of one can still be told.</summary>
    public Duration AsRow { get; init; } = Duration.FromDays(400);
}

/// <summary>
/// Anonymises old notifications. Those that wait are left alone, whatever their age. Which address a notification
/// went to can still be looked up by the address, but not read.
/// </summary>
public sealed class AnonymiseNotifications(
    HubDbFactory databases, UnitOfWork unitOfWork, HubTokenSigner signers, Func<NotificationKeeping> keeping, IClock clock)
{
    public const string PseudonymPrefix = "forgotten:";

    private const int AddressesAtOnce = 200;
    private const int RowsAtOnce = 1_000;
    private const int RoundsMax = 50;

    /// <summary>What stands in place of an address, the same for an address in whatever case.</summary>
    public static string PseudonymOf(TokenSigner signer, EmailAddress email) => PseudonymOf(signer, email.Key);

    /// <param name="normalized">The key of the address.</param>
    public static string PseudonymOf(TokenSigner signer, string normalized) =>
        (PseudonymPrefix + signer.Pseudonym(normalized)).ToUpperInvariant();

    /// <summary>One that leads back to no address.</summary>
    public static string RandomPseudonym() => string.Create(CultureInfo.InvariantCulture,
        $"{PseudonymPrefix}{RandomNumberGenerator.GetHexString(32)}").ToUpperInvariant();

    /// <summary>Says how many notifications lost their recipient. Works in short writes, and a bounded number of them.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var forgotten = 0;
        for (var round = 0; round < RoundsMax && await OldAddresses(now, stop) is { Count: > 0 } addresses; round++)
        {
            foreach (var email in addresses)
                forgotten += await Forget(email, now, stop);
        }

        await DropRows(now, stop);
        return forgotten;
    }

    private async Task<List<string>> OldAddresses(Instant now, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await HadTheirDay(db, now)
            .Select(notification => notification.NormalizedEmail).Distinct().Take(AddressesAtOnce).ToListAsync(stop);
    }

    private async Task<int> Forget(string email, Instant now, CancellationToken stop)
    {
        var signer = await signers.Get(stop);
        try
        {
            return await Write(PseudonymOf(signer, email));
        }
        catch (Exception exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            // One for the same purpose was forgotten before: these have a pseudonym of their own, and
            // are not found by the address any more.
            return await Write(PseudonymOf(signer, $"{email}\n{now}"));
        }

        async Task<int> Write(string pseudonym)
        {
            var written = await unitOfWork.Run<int>(async db =>
            {
                var theirs = HadTheirDay(db, now).Where(notification => notification.NormalizedEmail == email);
                await db.NotificationAttempts
                    .Where(attempt => theirs.Any(notification => notification.Id == attempt.NotificationId)).ExecuteDeleteAsync(stop);
                return await theirs.Forget(pseudonym, now, stop);
            }, stop);
            return written.IsDone ? written.Value : 0;
        }
    }

    private async Task DropRows(Instant now, CancellationToken stop)
    {
        var before = now - keeping().AsRow;
        for (var round = 0; round < RoundsMax; round++)
        {
            var dropped = await unitOfWork.Run<int>(async db =>
            {
                var old = db.Notifications.Where(notification => notification.ForgottenAt != null && notification.WrittenAt < before)
                    .OrderBy(notification => notification.Id).Select(notification => notification.Id).Take(RowsAtOnce);
                return await db.Notifications.Where(notification => old.Contains(notification.Id)).ExecuteDeleteAsync(stop);
            }, stop);
            if (dropped is not { IsDone: true, Value: RowsAtOnce })
                return;
        }
    }

    /// <summary>A notification withdrawn long before its time waits for that time: it may be planned again until then.</summary>
    private IQueryable<Notification> HadTheirDay(HubDb db, Instant now)
    {
        var before = now - keeping().ByName;
        return db.Notifications.Where(notification => notification.ForgottenAt == null && notification.NextAttemptAt < before
            && (notification.State == NotificationState.Sent || notification.State == NotificationState.Bounced
                || notification.State == NotificationState.Failed || notification.State == NotificationState.Skipped
                || notification.State == NotificationState.Cancelled));
    }
}

internal static class ForgottenNotifications
{
    extension(IQueryable<Notification> notifications)
    {
        /// <summary>Name, address, note and the relay's words go; the pseudonym stands for the address.</summary>
        public Task<int> Forget(string pseudonym, Instant now, CancellationToken stop) => notifications.ExecuteUpdateAsync(set => set
            .SetProperty(notification => notification.RecipientEmail, (EmailAddress?)null)
            .SetProperty(notification => notification.NormalizedEmail, pseudonym)
            .SetProperty(notification => notification.RecipientName, (PersonName?)null)
            .SetProperty(notification => notification.NameKey, "")
            .SetProperty(notification => notification.Note, (string?)null)
            // The code of the server's answer ("550 5.1.1", or "5.1.1" of one that came back); its words may name the address.
            .SetProperty(notification => notification.SmtpReply, notification => notification.SmtpReply == null ? null
                : notification.SmtpReply.Substring(0, notification.State == NotificationState.Bounced ? 5 : 9))
            .SetProperty(notification => notification.ForgottenAt, now), stop);
    }
}
