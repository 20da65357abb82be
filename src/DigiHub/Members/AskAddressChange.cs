using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Members;

/// <summary>
/// Asks, by a notification to it, whether an address is the member's: nothing changes before that notification's link is confirmed. Whether
/// another account has the address is not revealed: then no notification is written, and the page looks the same. Refuses as
/// EmailAddress.Parse does, and with not_found, email_same and address_changes.
/// </summary>
public sealed class AskAddressChange(UnitOfWork unitOfWork, RelayReach reach, IClock clock)
{
    public static Refusal Same { get; } = new("email_same", new(
        "Your account already has this address.", "Diese Adresse hat Ihr Konto bereits.", "Diese Adresse hat dein Konto bereits."))
    { Field = "email" };

    public static Refusal Enough { get; } = new("address_changes", new(
        $"You’ve asked {AddressChange.StandingMax} times within an hour. "
            + "Look for our e-mails, also in the spam folder, or try again later.",
        $"Sie haben es innerhalb einer Stunde {AddressChange.StandingMax}-mal versucht. "
            + "Suchen Sie nach unseren E-Mails, auch im Spam-Ordner, oder versuchen Sie es später noch einmal.",
        $"Du hast es innerhalb einer Stunde {AddressChange.StandingMax}-mal versucht. Such nach unseren E-Mails, auch im Spam-Ordner, oder "
            + "versuch es später noch einmal."))
    { Field = "email" };

    public async Task<Outcome<AddressChange>> Run(Guid memberId, string? typed, CancellationToken stop)
    {
        var parsed = EmailAddress.Parse(typed);
        if (!parsed.IsDone)
            return parsed.Refusal;
        var email = parsed.Value;
        if (reach.WhyNot(email) is { } unreachable)
            return unreachable;
        return await unitOfWork.Run<AddressChange>(async db =>
        {
            var now = clock.GetCurrentInstant();
            await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
            if (await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId && one.DisabledAt == null,
                stop) is not { } member)
                return Refusal.NotFound;
            if (member.Email == email)
                return Same;
            if (await db.AddressChanges.CountAsync(asked => asked.MemberId == memberId
                && asked.ConfirmedAt == null && asked.ExpiresAt > now, stop) >= AddressChange.StandingMax)
                return Enough;

            var change = new AddressChange
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                MemberId = memberId,
                Email = email,
                SecurityStamp = member.SecurityStamp,
                ExpiresAt = now + AddressChange.Life,
            };
            db.AddressChanges.Add(change);
            var normalized = email.Key;
            if (!await db.Members.AnyAsync(other => other.NormalizedEmail == normalized && other.Id != memberId, stop))
                db.Write(Question(change, member, now));
            db.Record(now, memberId, MemberActs.AddressChangeRequested, memberId);
            return change;
        }, stop);
    }

    private static Notification Question(AddressChange change, Member member, Instant now) => Notification.To(
        Recipient.Of(member) with { Email = change.Email }, MemberNotifications.AddressToConfirm, AddressChange.Subject.Of(change.Id), now,
        notAfter: change.ExpiresAt);
}

/// <summary>Sent only while it can still be confirmed.</summary>
internal sealed class AddressChangeCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == MemberNotifications.AddressToConfirm;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var change = await db.AddressChanges.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop);
        var member = change is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == change.MemberId, stop);
        return member is not null && change!.IsOpen(member, now) ? null : NotificationReason.Over;
    }
}
