using System.Globalization;
using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Memberships;

/// <summary>What is told of domains of organisations, and of requests to join by an address there.</summary>
public static class DomainNotifications
{
    /// <summary>To an organisation's administrators: the record of a domain is gone for too long.</summary>
    public static readonly NotificationType Lapsed = new(
        "domain_lapsed", NotificationClass.Transactional,
        words: new("Domain no longer verified", "Domain nicht mehr nachgewiesen"),
        occasion: new("because you administrate an organisation", "weil Sie eine Organisation verwalten",
            "weil du eine Organisation verwaltest"));

    /// <summary>To them, or to the hub's where there are none: somebody with an address of the domain asks to join.</summary>
    public static readonly NotificationType Asked = new(
        "membership_asked", NotificationClass.Transactional,
        words: new("Somebody asks to join an organisation", "Jemand möchte einer Organisation beitreten"),
        occasion: new("because you administrate an organisation", "weil Sie eine Organisation verwalten",
            "weil du eine Organisation verwaltest"));

    /// <summary>To who asked: declined, or nobody has answered; the note says which, and of which organisation.</summary>
    public static readonly NotificationType Closed = new(
        "membership_ask_closed", NotificationClass.Transactional,
        words: new("Request to join closed", "Beitrittsanfrage beendet"),
        occasion: new("because you asked to join an organisation", "weil Sie einer Organisation beitreten wollten",
            "weil du einer Organisation beitreten wolltest"));
}

/// <summary>What the notification of a closed request tells, as its Note carries it.</summary>
/// <param name="WasDeclined">False: nobody has answered.</param>
public sealed record ClosedRequestNote(bool WasDeclined, int OrganisationId)
{
    public string Written => FormattableString.Invariant($"{(WasDeclined ? "declined" : "lapsed")} {OrganisationId}");

    /// <summary>Null: no such note.</summary>
    public static ClosedRequestNote? Parse(string? note) =>
        note?.Split(' ') is ["declined" or "lapsed", var id]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var organisationId)
            ? new(note[0] == 'd', organisationId) : null;
}

/// <summary>Who asks is told of only while nobody has decided, a domain only while it is not proven again.</summary>
internal sealed class DomainNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type.IsOneOf(DomainNotifications.Lapsed, DomainNotifications.Asked);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var id = notification.SubjectId;
        var isTrue = notification.Type == DomainNotifications.Asked
            ? await db.MembershipRequests.AnyAsync(one => one.Id == id, stop)
            : await db.OrganisationDomains.AnyAsync(one => one.Id == id && one.VerifiedAt == null, stop);
        return isTrue ? null : NotificationReason.Gone;
    }
}
