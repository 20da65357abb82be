using DigiHub.Calendars;
using DigiHub.Keys;
using DigiHub.Notifications;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Notifications;

/// <summary>The addresses in e-mails: under the public address of the settings, never under what a request claimed.</summary>
public sealed class EmailLinks(HubTokenSigner signers, HubIdentity identity, IOptions<HubSettings> settings)
{
    public Uri PublicUrl => settings.Value.PublicUrl;

    public string HubName => settings.Value.Name;

    /// <summary>The entries of calendars, which lead to these addresses.</summary>
    public async Task<Entries> Entries(CancellationToken stop) => new(await identity.Get(stop), PublicUrl);

    public Uri To(string path) => new(PublicUrl, path);

    public Uri Booking(Guid id) => To(Paths.Booking(id));

    public Uri Series(Guid id) => To(Paths.Series(id));

    public Uri Event(string slug) => To(Paths.Event(slug));

    public Task<Uri> Ticket(Guid registrationId, CancellationToken stop) => Signed(Paths.Ticket, TokenPurpose.Ticket, registrationId, stop);

    public Task<Uri> Registration(Guid id, CancellationToken stop) => Signed(Paths.Registration, TokenPurpose.ManageRegistration, id, stop);

    /// <param name="id">
    /// Of a registration: its event only. Of a member: all their reminders. Of an e-mail: all that the mail told of in which it left.
    /// </param>
    public Task<Uri> Unsubscribe(Guid id, CancellationToken stop) => Signed(Paths.Unsubscribe, TokenPurpose.Unsubscribe, id, stop);

    /// <summary>
    /// The same for those who can only write (RFC 2369): a mail to the mailbox that is read, with the token of the link in
    /// its subject. Null where none is read.
    /// </summary>
    /// <param name="link">As <see cref="Unsubscribe"/> has it.</param>
    public string? UnsubscribeByMail(Uri link)
    {
        var mail = settings.Value.Mail;
        if (!mail.Inbound.IsOn)
            return null;
        var mailbox = EmailAddress.OfTheHub(mail.Inbound.Address)
            ?? EmailAddress.OfTheHub(mail.BounceAddress) ?? settings.Value.SenderAddress;
        return MailtoUri.Of(mailbox, subject: $"unsubscribe {link.Segments[^1]}");
    }

    /// <summary>To confirm the address that the e-mail came to.</summary>
    public Task<Uri> Address(Guid addressCheckId, CancellationToken stop) =>
        Signed(Paths.ConfirmAddress, TokenPurpose.ConfirmAddress, addressCheckId, stop);

    /// <summary>To confirm the address that an account is to have.</summary>
    public Task<Uri> AccountAddress(Guid addressChangeId, CancellationToken stop) =>
        Signed(Paths.AccountAddress, TokenPurpose.ChangeAddress, addressChangeId, stop);

    /// <summary>To confirm what somebody's calendar declined.</summary>
    public Task<Uri> Decline(Guid notificationId, CancellationToken stop) =>
        Signed(Paths.Decline, TokenPurpose.ConfirmDecline, notificationId, stop);

    /// <summary>Whether one comes to what one has booked, and to undo its release.</summary>
    public Task<Uri> Coming(Guid notificationId, string? answer, CancellationToken stop) =>
        Signed(token => Paths.Coming(token, answer), TokenPurpose.CheckIn, notificationId, stop);

    /// <summary>To accept or decline what is held for who waits.</summary>
    public Task<Uri> WaitingOffer(Guid notificationId, CancellationToken stop) =>
        Signed(Paths.WaitingOffer, TokenPurpose.WaitingOffer, notificationId, stop);

    /// <summary>To answer a proposal of swapping or taking over.</summary>
    public Task<Uri> Proposal(Guid notificationId, CancellationToken stop) =>
        Signed(Paths.Proposal, TokenPurpose.BookingProposal, notificationId, stop);
    /// <summary>To decide on what waits for approval.</summary>
    /// <param name="requestId">Of one person and one question.</param>
    /// <param name="act">"approve" or "decline", which the page then shows first.</param>
    public Task<Uri> Approval(Guid requestId, string act, CancellationToken stop) =>
        Signed(token => Paths.Approval(token, act), TokenPurpose.Approval, requestId, stop);

    /// <summary>A guest's visit.</summary>
    public Task<Uri> Guest(Guid guestId, CancellationToken stop) => Signed(Paths.Guest, TokenPurpose.Guest, guestId, stop);

    /// <summary>To join by.</summary>
    public Task<Uri> Invitation(Guid invitationId, CancellationToken stop) =>
        Signed(token => Paths.Invitation(token), TokenPurpose.Invitation, invitationId, stop);

    /// <summary>To take back that the account be deleted.</summary>
    public Task<Uri> KeepAccount(Guid erasureId, CancellationToken stop) =>
        Signed(Paths.KeepAccount, TokenPurpose.KeepAccount, erasureId, stop);

    public Task<Uri> SignIn(Guid linkId, CancellationToken stop) => Signed(Paths.SignInLink, TokenPurpose.SignIn, linkId, stop);

    private async Task<Uri> Signed(Func<string, string> path, TokenPurpose purpose, Guid id, CancellationToken stop) =>
        To(path((await signers.Get(stop)).Close(purpose, id)));
}
