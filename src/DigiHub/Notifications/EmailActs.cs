using DigiHub.Activity;

namespace DigiHub.Notifications;

/// <summary>Acts on e-mails by the hub or by people; ordinary sending is no act.</summary>
public static class EmailActs
{
    public static readonly Act<Guid> Failed = Notification.Subject.Act("failed");
    public static readonly Act<Guid> Bounced = Notification.Subject.Act("bounced");
    public static readonly Act<Guid> Complained = Notification.Subject.Act("complained");
    public static readonly Act<Guid> AddressSuspended = Notification.Subject.Act("address_suspended");
    public static readonly Act<Guid> Cancelled = Notification.Subject.Act("cancelled");
    public static readonly Act<Guid> Retried = Notification.Subject.Act("retried");
    public static readonly Act<Guid> SentNow = Notification.Subject.Act("sent_now");
}
