using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>E-mails somebody for whom an account was made, and how they get in.</summary>
public sealed class MemberAddedEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == MemberNotifications.Added;

    public IEnumerable<EmailSample> Samples(SampleWorld world) =>
        [new EmailSample(MemberNotifications.Added, Member.Subject.Of(world.MemberId))];

    public Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop) =>
        Task.FromResult<EmailDraft?>(new EmailDraft(
            new Words($"Your account at {links.HubName}", $"Ihr Konto bei {links.HubName}",
                $"Dein Konto bei {links.HubName}").In(notification.Language),
            typeof(MemberAddedEmail), new MemberAddedFacts(links.HubName, links.To(Paths.SignIn))));
}

public sealed record MemberAddedFacts(string HubName, Uri SignIn);
