using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Text;

namespace DigiHub.Memberships;

/// <summary>What the invited are told, and those who invited them.</summary>
public static class InvitationNotifications
{
    /// <summary>To the address itself, whose owner is not known yet.</summary>
    public static readonly NotificationType Invited = new(
        "invitation", NotificationClass.Transactional,
        words: new("Invitation", "Einladung"),
        occasion: new("because someone invited you", "weil Sie jemand eingeladen hat", "weil dich jemand eingeladen hat"))
    { NamesNobody = true, LetsIn = true };

    /// <summary>To who invited: the link had expired, or somebody wants to join with another account.</summary>
    public static readonly NotificationType Asked = new(
        "invitation_asked", NotificationClass.Transactional,
        words: new("Somebody asks for an invitation", "Jemand bittet um eine Einladung"),
        occasion: new("because you invited someone", "weil Sie jemanden eingeladen haben", "weil du jemanden eingeladen hast"));

    /// <summary>
    /// A row needs a name, and none is known: the letters before the @ stand for it in lists; no e-mail says it.
    /// </summary>
    internal static PersonName NameFor(EmailAddress email)
    {
        var local = email.Shown[..email.Shown.LastIndexOf('@')];
        return PersonName.TryParse(string.Join(' ', local.Split('.', '_', '-', '+')), out var name) ? name : PersonName.Of("Gast");
    }
}

/// <summary>Sent only while one can join by it.</summary>
internal sealed class InvitationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == InvitationNotifications.Invited;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop);
        return invitation?.StateAt(now) == InvitationState.Open ? null : NotificationReason.Over;
    }
}
