using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>Writes the e-mail that signs somebody in.</summary>
public sealed class SignInEmails(EmailLinks links, IClock clock) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == MemberNotifications.SignInLink;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var link = new SignInLink
        {
            Id = new Guid("0198b1a0-0000-7000-8000-00000000a001"),
            MemberId = world.MemberId,
            ExpiresAt = world.Now + SignInLink.Life,
        };
        return [new EmailSample(MemberNotifications.SignInLink, SignInLink.Subject.Of(link.Id)) { Rows = [link] }];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var link = await db.SignInLinks.AsNoTracking().FirstOrDefaultAsync(known => known.Id == notification.SubjectId, stop);
        if (link is null || link.UsedAt is not null || link.ExpiresAt <= clock.GetCurrentInstant())
            return null;
        return new EmailDraft(
            new Words($"Your sign-in link for {links.HubName}", $"Ihr Anmeldelink für {links.HubName}",
                $"Dein Anmeldelink für {links.HubName}").In(notification.Language),
            typeof(SignInEmail), new SignInEmailFacts(await links.SignIn(link.Id, stop), links.HubName));
    }
}

public sealed record SignInEmailFacts(Uri Link, string HubName)
{
    public int Minutes => (int)SignInLink.Life.TotalMinutes;
}
