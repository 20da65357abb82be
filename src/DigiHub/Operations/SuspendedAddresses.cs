using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Operations;

/// <param name="By">Name of the administrator who added it by hand; null for all others, and for one who is gone.</param>
/// <param name="HasNotification">The notification that gave the reason can still be looked at.</param>
public sealed record SuspendedAddress(Suppression Row, PersonName? By, bool HasNotification)
{
    /// <summary>In small letters, as addresses are read; kept are capitals.</summary>
    public EmailAddress Email => EmailAddress.OfKey(Row.NormalizedEmail);
}

/// <param name="Next">Ask with it for those suspended before; null at the end.</param>
public sealed record SuspendedList(IReadOnlyList<SuspendedAddress> Addresses, Guid? Next);

/// <summary>Addresses that get no notifications, or none of a class: for administrators.</summary>
public sealed class SuspendedAddresses(HubDbFactory databases)
{
    public const int SizeMax = 50;

    /// <summary>The latest first, <see cref="SizeMax"/> at a time.</summary>
    public Task<SuspendedList> Run(Guid? after, CancellationToken stop) =>
        Page(rows => after is { } last ? rows.Where(one => one.Id.CompareTo(last) < 0) : rows, stop);

    /// <param name="part">Of an address, whatever its case. Null or nothing finds nobody.</param>
    public async Task<SuspendedList> Find(string? part, CancellationToken stop) =>
        TypedText.Line(part) is { } typed && EmailAddress.KeyOfPart(typed) is var normalized
            ? await Page(rows => rows.Where(one => one.NormalizedEmail.Contains(normalized)), stop)
            : new SuspendedList([], null);

    /// <summary>What is suspended for one address: at most one row for each scope.</summary>
    public async Task<IReadOnlyList<SuspendedAddress>> Of(EmailAddress email, CancellationToken stop)
    {
        return await OfKey(email.Key, stop);
    }

    /// <summary>The one with this id, and whatever else is suspended for its address; empty if it is lifted.</summary>
    public async Task<IReadOnlyList<SuspendedAddress>> Like(Guid id, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Suppressions.Where(one => one.Id == id).Select(one => one.NormalizedEmail).SingleOrDefaultAsync(stop) is { } email
            ? await OfKey(email, stop)
            : [];
    }

    private async Task<IReadOnlyList<SuspendedAddress>> OfKey(string normalized, CancellationToken stop) =>
        (await Page(rows => rows.Where(one => one.NormalizedEmail == normalized), stop)).Addresses;

    private async Task<SuspendedList> Page(Func<IQueryable<Suppression>, IQueryable<Suppression>> narrowed, CancellationToken stop)
    {
        await using var db = databases.Open();
        var found = await narrowed(db.Suppressions.AsNoTracking()).OrderByDescending(one => one.Id).Take(SizeMax + 1).ToListAsync(stop);
        var shown = found.Take(SizeMax).ToList();
        Guid[] ids = [.. shown.Select(one => one.Id)], notificationIds = [.. shown.Select(one => one.NotificationId).OfType<Guid>()];
        var members = db.Members;
        var by = await db.ActivityOf(SuppressionActs.Added, ids, max: SizeMax)
            .Join(members, entry => entry.ActorId, member => (Guid?)member.Id, (entry, member) =>
                new { SubjectId = entry.SubjectId!.Value, member.Name }).ToDictionaryAsync(one => one.SubjectId, one => one.Name, stop);
        var notifications = await db.Notifications.Where(notification => EF.Parameter(notificationIds).Contains(notification.Id))
            .Select(notification => notification.Id).ToListAsync(stop);
        return new SuspendedList(
            [.. shown.Select(one => new SuspendedAddress(one, by.GetValueOrDefault(one.Id), one.NotificationId is { } notification
                && notifications.Contains(notification)))],
            found.Count > SizeMax ? shown[^1].Id : null);
    }
}
