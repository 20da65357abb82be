using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Account;

/// <summary>Writes to the address that an account is to have, and afterwards to the one it had.</summary>
public sealed class AccountAddressEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType kind) => kind is NotificationType.AccountAddressToConfirm or NotificationType.AccountAddressChanged;

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (notification.Kind == NotificationType.AccountAddressChanged)
        {
            return new EmailDraft(
                new Words("Your e-mail address was changed", "Ihre E-Mail-Adresse wurde geändert").In(notification.Language),
                typeof(AccountAddressChangedEmail), new AccountAddressFacts(links.HubName, Link: null));
        }

        return notification.AddressCheckId is not { } changeId ? null : new EmailDraft(
            new Words("Confirm your new e-mail address", "Bestätigen Sie Ihre neue E-Mail-Adresse").In(notification.Language),
            typeof(AccountAddressToConfirmEmail), new AccountAddressFacts(links.HubName, await links.AccountAddress(changeId, stop)));
    }
}

/// <param name="Link">To confirm; null in the e-mail to the old address.</param>
public sealed record AccountAddressFacts(string HubName, Uri? Link);
