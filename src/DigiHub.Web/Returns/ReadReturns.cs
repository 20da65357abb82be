using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Calendars;
using DigiHub.Returns;
using DigiHub.Web.Letters;
using Hangfire;
using MailKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Returns;

/// <summary>
/// Reads what came back of letters and acts on it. A mail is moved away only after what it caused is committed, and that commit holds the
/// proof that it was taken: killed at any moment, or run twice at once, nothing is done twice and nothing is missed.
/// </summary>
public sealed class ReadReturns(
    ReturnsMailbox mailbox, ReturnedMessages messages, TakeReturn takeReturn, IOptions<HubSettings> settings, IClock clock, ILogger<ReadReturns> log)
{
    /// <summary>Of one run; the next minute goes on.</summary>
    public const int MailsMax = 200;

    public const string Processed = "Processed", Other = "Other", Unreadable = "Unreadable";

    private static readonly TimeSpan runMax = TimeSpan.FromSeconds(50);

    /// <summary>Says how many mails were taken from the mailbox.</summary>
    [DisableConcurrentExecution(timeoutInSeconds: 5)]
    public async Task<int> Run(CancellationToken stop)
    {
        if (!settings.Value.Mail.Returns.IsOn)
            return 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(runMax);
        var taken = 0;
        try
        {
            await using var open = await mailbox.Open(limit.Token);
            foreach (var mail in await open.Waiting(MailsMax, limit.Token))
            {
                if (await Take(open, mail, limit.Token))
                    taken++;
            }

            if (taken > 0)
            {
                await open.Tidy(Processed, MailsMax, clock.GetCurrentInstant().ToDateTimeUtc(), limit.Token);
                await takeReturn.Forget(limit.Token);
                log.LogInformation("Took {Count} returned mails", taken);
            }
        }
        catch (Exception exception) when (IsOfTheDatabase(exception))
        {
            log.LogWarning("Returned mail waits for the database: {Why}", exception.Message);
        }
        catch (Exception exception) when (ReturnsMailbox.IsTrouble(exception) && !stop.IsCancellationRequested)
        {
            log.LogWarning("The returns mailbox cannot be read: {Kind}: {Why}", exception.GetType().Name, exception.Message);
        }

        return taken;
    }

    /// <summary>True when it is done with and moved away. One that fails must not keep the others waiting: it goes, too, and somebody must look.</summary>
    private async Task<bool> Take(ReturnsMailbox.OpenMailbox open, UniqueId mail, CancellationToken stop)
    {
        try
        {
            var (key, what) = await Read(open, mail, stop);
            var done = await takeReturn.Run(key, what, new CalendarUid(settings.Value.PublicUrl.Host), stop);
            if (done?.Kind == ReturnKind.Unreadable)
                log.LogWarning("Returned mail {Mail} is unreadable: {Why}", mail.Id, done.Note);
            await open.Move(mail, (done?.Kind ?? what.Kind) switch { ReturnKind.Unreadable => Unreadable, ReturnKind.Other => Other, _ => Processed }, stop);
            return true;
        }
        catch (Exception exception) when (ReturnsMailbox.MayBeGone(exception))
        {
            if (await open.IsGone(mail, stop))
                return false; // whoever has it now looks after it
            if (exception is not MessageNotFoundException)
                throw;
            await LayAside(open, mail, exception, stop);
            return false;
        }
        catch (Exception exception) when (!ReturnsMailbox.IsTrouble(exception) && !IsOfTheDatabase(exception))
        {
            await LayAside(open, mail, exception, stop);
            return false;
        }
    }

    private async Task LayAside(ReturnsMailbox.OpenMailbox open, UniqueId mail, Exception exception, CancellationToken stop)
    {
        log.LogError(exception, "Returned mail {Mail} could not be taken", mail.Id);
        await open.Move(mail, Unreadable, stop);
    }

    /// <summary>Busy or down: the mail stays where it is, and so do all that follow, until the next minute.</summary>
    private static bool IsOfTheDatabase(Exception exception) => exception is System.Data.Common.DbException or DbUpdateException or RefusedException;

    private async Task<(string Key, Return What)> Read(ReturnsMailbox.OpenMailbox open, UniqueId mail, CancellationToken stop)
    {
        // By its number and not by its Message-ID alone: that is its sender's to choose.
        var number = string.Create(CultureInfo.InvariantCulture, $"{open.Validity}:{mail.Id}");
        using var bytes = await open.Fetch(mail, ReturnedMessages.BytesMax, stop);
        if (bytes is null)
            return (number, new Return.Unreadable("too large"));
        return (KeyOf(bytes) ?? number, messages.Read(bytes));
    }

    /// <summary>The same for a mail that the server has numbered anew or that came twice; null for one without a Message-ID.</summary>
    private static string? KeyOf(MemoryStream bytes)
    {
        try
        {
            var headers = HeaderList.Load(bytes);
            return headers[HeaderId.MessageId] is { Length: > 0 } id
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id.Trim()}\n{headers[HeaderId.Date]}\n{headers[HeaderId.From]}")))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
        finally
        {
            bytes.Position = 0;
        }
    }
}
