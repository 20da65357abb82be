using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Privacy;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Privacy;

/// <summary>Tells somebody whose account is to be deleted how they come back.</summary>
public sealed class ErasureEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == PrivacyNotifications.ErasureAsked;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var erasure = new Erasure
        {
            Id = new Guid("0198b1a0-0000-7000-8000-00000000e001"),
            MemberId = world.MemberId,
            AskedAt = world.Now,
            DueAt = world.Now + Erasure.Grace,
        };
        return [new EmailSample(PrivacyNotifications.ErasureAsked, Erasure.Subject.Of(erasure.Id)) { Rows = [erasure] }];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (await db.Erasures.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop) is not { } erasure)
            return null;
        return new EmailDraft(
            new Words("Your account will be deleted", "Ihr Konto wird gelöscht",
                "Dein Konto wird gelöscht").In(notification.Language), typeof(ErasureAskedEmail),
            new ErasureFacts(links.HubName, erasure.DueAt, await links.KeepAccount(erasure.Id, stop)));
    }
}

/// <param name="Due">When it is deleted.</param>
public sealed record ErasureFacts(string HubName, Instant Due, Uri Link);
