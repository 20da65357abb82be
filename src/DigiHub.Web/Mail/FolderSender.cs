using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>
/// Lays e-mails down as files for anybody to look at: the embedded default, for trying the hub out without a relay. An e-mail
/// has one file name for good, so here even a repeated hand-over leaves one e-mail.
/// </summary>
public sealed class FolderSender(EmailMessages messages, IOptions<HubSettings> settings, ILogger<FolderSender> log) : IMailSender
{
    /// <summary>E-mails kept; the oldest go.</summary>
    public const int KeptMax = 2_000;

    private const int TidiedEach = 100;

    private readonly string folder = Path.Combine(settings.Value.DataFolder, "mail");
    private int laidDown;

    /// <summary>The files, newest first.</summary>
    public IEnumerable<FileInfo> Files()
    {
        var home = new DirectoryInfo(folder);
        return home.Exists ? home.GetFiles("*.eml").OrderByDescending(file => file.Name, StringComparer.Ordinal) : [];
    }

    public async Task<SendReply> Send(Notification notification, Func<Task<bool>> mayLeave, CancellationToken stop)
    {
        var (written, trouble) = await messages.WriteToSend(notification, stop);
        if (written is null)
            return trouble!;
        using var message = written;
        if (!await mayLeave())
            return SendReply.Cancelled;

        try
        {
            await LayDown(message, FileName(notification));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "The pickup folder cannot be written");
            return new SendReply(SendResult.RelayAway, "the pickup folder cannot be written");
        }

        if (Interlocked.Increment(ref laidDown) % TidiedEach == 1)
            Tidy(dueBefore: default);
        return new SendReply(SendResult.Taken, "saved in the pickup folder");
    }

    public Task<SendReply> Greet(CancellationToken stop) => Task.FromResult(new SendReply(SendResult.Taken, "the pickup folder"));

    // Sorts by the time it was due; a reader never sees half an e-mail.
    private async Task LayDown(MimeMessage message, string name)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        await message.WriteToAsync(path + ".part", CancellationToken.None);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static string FileName(Notification notification) =>
        $"{Stamp(notification.DueAt)}-{notification.Id:N}.eml";

    /// <summary>Takes away what is older than this, and the oldest beyond <see cref="KeptMax"/>; says how many.</summary>
    public int Tidy(Instant dueBefore)
    {
        // The name begins with the time it was due, and sorts by it.
        var oldest = Stamp(dueBefore);
        var gone = 0;
        foreach (var file in Files().Where((file, index) => index >= KeptMax || string.CompareOrdinal(file.Name, oldest) < 0))
        {
            file.Delete();
            gone++;
        }

        return gone;
    }

    private static string Stamp(Instant at) =>
        at.ToDateTimeUtc().ToString("yyyyMMdd'T'HHmmss", System.Globalization.CultureInfo.InvariantCulture);
}
