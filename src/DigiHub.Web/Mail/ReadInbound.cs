using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Calendars;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using Hangfire;
using MailKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>
/// Reads the inbound mailbox and acts on it. A mail is moved only after its effects are committed, and that commit holds the
/// record that it was processed: killed at any moment, or run twice at once, nothing is done twice and nothing is missed.
/// </summary>
public sealed class ReadInbound(
    InboundMailbox mailbox, InboundMessages messages, ProcessInbound processInbound,
    NoteReading noteReading, IOptions<HubSettings> settings, IClock clock, ILogger<ReadInbound> log)
{
    /// <summary>Of one run; the next minute goes on.</summary>
    public const int MailsMax = 200;

    /// <summary>Mails that the server fails to move stay where they are, and the others go on; with so many of them the run ends.</summary>
    public const int RefusedMax = 20;

    public const string Processed = "Processed", Other = "Other", Unreadable = "Unreadable";

    private static readonly TimeSpan runMax = TimeSpan.FromSeconds(50);

    /// <summary>Says how many mails were taken from the mailbox.</summary>
    [DisableConcurrentExecution(timeoutInSeconds: 5)]
    public async Task<int> Run(CancellationToken stop)
    {
        if (!settings.Value.Mail.Inbound.IsOn)
            return 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(runMax);
        var (taken, refused) = (0, 0);
        try
        {
            await using var open = await mailbox.Open(limit.Token);
            foreach (var mail in await open.Waiting(MailsMax + RefusedMax, limit.Token))
            {
                if (taken == MailsMax || refused == RefusedMax)
                    break;
                var fate = await Take(open, mail, limit.Token);
                taken += fate == Fate.Taken ? 1 : 0;
                refused += fate == Fate.Refused ? 1 : 0;
            }

            if (taken > 0)
                log.LogInformation("Processed {Count} inbound mails", taken);
            await noteReading.Run(refused < RefusedMax ? null : "The server refuses to show or move mails.", limit.Token);
        }
        catch (Exception exception) when (IsOfTheDatabase(exception))
        {
            log.LogWarning("Inbound mail waits for the database: {Why}", exception.Message);
        }
        catch (Exception exception) when (InboundMailbox.IsTrouble(exception) && !stop.IsCancellationRequested)
        {
            log.LogWarning("The inbound mailbox cannot be read: {Kind}: {Why}", exception.GetType().Name, exception.Message);
            await noteReading.Run($"{exception.GetType().Name}: {exception.Message}", stop);
        }

        return taken;
    }

    /// <summary>
    /// Deletes processed mail after Mail:KeepDays. Mail in Other and Unreadable is for people: the hub does not know
    /// whether anybody has read it, and keeps it.
    /// </summary>
    [DisableConcurrentExecution(timeoutInSeconds: 5)]
    public async Task Tidy(CancellationToken stop)
    {
        var mail = settings.Value.Mail;
        if (!mail.Inbound.IsOn)
            return;
        try
        {
            await using var open = await mailbox.Open(stop);
            await open.Tidy(Processed, MailsMax * 60, (clock.GetCurrentInstant() - Duration.FromDays(mail.KeepDays)).ToDateTimeUtc(), stop);
        }
        catch (Exception exception) when (InboundMailbox.IsTrouble(exception) && !stop.IsCancellationRequested)
        {
            log.LogWarning("The inbound mailbox cannot be tidied: {Kind}: {Why}", exception.GetType().Name, exception.Message);
        }
    }

    private enum Fate
    {
        /// <summary>Done with and moved away.</summary>
        Taken,

        /// <summary>Another process or person has taken it.</summary>
        Gone,

        /// <summary>Reading it failed because of a bug: moved away, for people to look at.</summary>
        LaidAside,

        /// <summary>It stays where it is; the next minute tries again.</summary>
        Refused,
    }

    /// <summary>A failure with one mail, of the hub or the server, must not keep the others waiting.</summary>
    private async Task<Fate> Take(InboundMailbox.OpenMailbox open, UniqueId mail, CancellationToken stop)
    {
        try
        {
            return await TakeOrLayAside(open, mail, stop);
        }
        catch (Exception exception) when (InboundMailbox.IsRefused(exception))
        {
            if (await open.IsGone(mail, stop))
                return Fate.Gone;
            log.LogWarning("Inbound mail {Mail} stays where it is, because the server refuses: {Why}", mail.Id, exception.Message);
            return Fate.Refused;
        }
    }

    private async Task<Fate> TakeOrLayAside(InboundMailbox.OpenMailbox open, UniqueId mail, CancellationToken stop)
    {
        try
        {
            var (key, what) = await Read(open, mail, stop);
            var done = await processInbound.Run(key, what, stop);
            if (done?.Kind == InboundKind.Unreadable)
                log.LogWarning("Inbound mail {Mail} is unreadable: {Why}", mail.Id, done.Note);
            await open.Move(mail,
                (done?.Kind ?? what.Kind) switch { InboundKind.Unreadable => Unreadable, InboundKind.Other => Other, _ => Processed },
                stop);
            return Fate.Taken;
        }
        catch (MessageNotFoundException exception)
        {
            if (await open.IsGone(mail, stop))
                return Fate.Gone;
            return await LayAside(open, mail, exception, stop);
        }
        catch (Exception exception)
            when (!InboundMailbox.IsTrouble(exception) && !InboundMailbox.IsRefused(exception) && !IsOfTheDatabase(exception))
        {
            return await LayAside(open, mail, exception, stop);
        }
    }

    private async Task<Fate> LayAside(InboundMailbox.OpenMailbox open, UniqueId mail, Exception exception, CancellationToken stop)
    {
        log.LogError(exception, "Inbound mail {Mail} could not be processed", mail.Id);
        await open.Move(mail, Unreadable, stop);
        return Fate.LaidAside;
    }

    /// <summary>Busy or down: the mail stays where it is, and so do all that follow, until the next minute.</summary>
    private static bool IsOfTheDatabase(Exception exception) =>
        exception is System.Data.Common.DbException or DbUpdateException or RefusedException;

    private async Task<(string Key, InboundMessage What)> Read(InboundMailbox.OpenMailbox open, UniqueId mail, CancellationToken stop)
    {
        // By its number and not by its Message-ID alone: that is its sender's to choose.
        var number = string.Create(CultureInfo.InvariantCulture, $"{open.Validity}:{mail.Id}");
        using var bytes = await open.Fetch(mail, InboundMessages.BytesMax, stop);
        if (bytes is null)
            return (number, new InboundMessage.Unreadable("too large"));
        return (KeyOf(bytes) ?? number, messages.Read(bytes));
    }

    /// <summary>The same for a mail that the server has renumbered or that came twice; null for one without a Message-ID.</summary>
    private static string? KeyOf(MemoryStream bytes)
    {
        try
        {
            var headers = HeaderList.Load(bytes);
            return headers[HeaderId.MessageId] is { Length: > 0 } id
                ? Convert.ToHexStringLower(
                    SHA256.HashData(Encoding.UTF8.GetBytes($"{id.Trim()}\n{headers[HeaderId.Date]}\n{headers[HeaderId.From]}")))
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
