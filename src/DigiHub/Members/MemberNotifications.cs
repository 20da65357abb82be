using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Members;

/// <summary>What members are told about their accounts.</summary>
public static class MemberNotifications
{
    public static readonly NotificationType SignInLink = new(
        "sign_in_link", NotificationClass.Transactional,
        words: new("Sign-in link", "Anmeldelink"),
        occasion: new("because you asked to sign in by e-mail", "weil Sie sich per E-Mail anmelden wollten",
            "weil du dich per E-Mail anmelden wolltest"))
    { ReachesSuppressed = true, LetsIn = true };

    /// <summary>Somebody who manages members has made an account for them, by an import.</summary>
    public static readonly NotificationType Added = new(
        "member_added", NotificationClass.Transactional,
        words: new("Account made for you", "Konto für Sie angelegt", "Konto für dich angelegt"),
        occasion: new("because an account was made for you", "weil für Sie ein Konto angelegt wurde",
            "weil für dich ein Konto angelegt wurde"));

    /// <summary>To a member's new address, which counts once its link is confirmed.</summary>
    public static readonly NotificationType AddressToConfirm = new(
        "account_address_to_confirm", NotificationClass.Transactional,
        words: new("Confirm a new account address", "Neue Adresse eines Kontos bestätigen"),
        occasion: new("because you gave a new address for your account", "weil Sie für Ihr Konto eine neue Adresse angegeben haben",
            "weil du für dein Konto eine neue Adresse angegeben hast"))
    { ReachesSuppressed = true };

    /// <summary>To the address that a member's account had until now.</summary>
    public static readonly NotificationType AddressChanged = new(
        "account_address_changed", NotificationClass.Transactional,
        words: new("Account address changed", "Adresse eines Kontos geändert"),
        occasion: new("because the address of your account changed", "weil sich die Adresse Ihres Kontos geändert hat",
            "weil sich die Adresse deines Kontos geändert hat"));

    /// <summary>A token for programs or a calendar address was made in the member's name.</summary>
    public static readonly NotificationType TokenMade = new(
        "token_made", NotificationClass.Transactional,
        words: new("Token created", "Token erstellt"),
        occasion: new("because a new token gives access to your account", "weil ein neues Token Zugriff auf Ihr Konto gibt",
            "weil ein neues Token Zugriff auf dein Konto gibt"));

    /// <summary>Somebody else gave the member roles or took them, or disabled or enabled their account.</summary>
    public static readonly NotificationType AccessChanged = new(
        "access_changed", NotificationClass.Transactional,
        words: new("Rights changed", "Rechte geändert"),
        occasion: new("because someone changed your rights", "weil jemand Ihre Rechte geändert hat",
            "weil jemand deine Rechte geändert hat"));
}

/// <summary>Sent only while the account is there and can be used.</summary>
internal sealed class MemberAddedCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == MemberNotifications.Added;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        await db.Members.AnyAsync(one => one.Id == notification.SubjectId && one.DisabledAt == null, stop) ? null : NotificationReason.Over;
}
