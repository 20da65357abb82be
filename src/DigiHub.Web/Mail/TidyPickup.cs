using DigiHub.Notifications;

namespace DigiHub.Web.Mail;

/// <summary>Bounds the pickup folder by age, as the rows of e-mails are: it holds whole e-mails.</summary>
public sealed class TidyPickup(FolderSender pickup, Func<NotificationKeeping> keeping, IClock clock)
{
    public Task<int> Run() => Task.FromResult(pickup.Tidy(clock.GetCurrentInstant() - keeping().ByName));
}
