using DigiHub.Data;
using DigiHub.Demo;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>Writes to the address that an account is to have, and afterwards to the one it had.</summary>
public sealed class AccountAddressEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type.IsOneOf(MemberNotifications.AddressToConfirm, MemberNotifications.AddressChanged);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var change = new AddressChange
        {
            Id = new Guid("0198b1a0-0000-7000-8000-00000000a002"),
            MemberId = world.MemberId,
            Email = DemoCast.Ada.Email,
            SecurityStamp = "",
            ExpiresAt = world.Now + AddressChange.Life,
        };
        var subject = AddressChange.Subject.Of(change.Id);
        return
        [
            new EmailSample(MemberNotifications.AddressToConfirm, subject) { Rows = [change] },
            new EmailSample(MemberNotifications.AddressChanged, subject),
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (notification.Type == MemberNotifications.AddressChanged)
        {
            return new EmailDraft(
                new Words("Your e-mail address was changed", "Ihre E-Mail-Adresse wurde geändert",
                    "Deine E-Mail-Adresse wurde geändert").In(notification.Language),
                typeof(AccountAddressChangedEmail), new AccountAddressFacts(links.HubName, Link: null));
        }

        return new EmailDraft(
            new Words("Confirm your new e-mail address", "Bestätigen Sie Ihre neue E-Mail-Adresse",
                "Bestätige deine neue E-Mail-Adresse").In(notification.Language),
            typeof(AccountAddressToConfirmEmail),
            new AccountAddressFacts(links.HubName, await links.AccountAddress(notification.SubjectId, stop)));
    }
}

/// <param name="Link">To confirm; null in the e-mail to the old address.</param>
public sealed record AccountAddressFacts(string HubName, Uri? Link);
