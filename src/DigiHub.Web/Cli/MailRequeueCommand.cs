using System.CommandLine;
using System.Globalization;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

internal static class MailRequeueCommand
{
    public static Command Make(Launch launch)
    {
        var which = new Argument<string?>("e-mail")
        {
            Description = "ID of an e-mail (see 'mail explain' or the outbox), or an e-mail address to retry everything that failed there.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var failed = new Option<bool>("--failed") { Description = "Retry all failed e-mails that are still relevant." };
        var since = new Option<string?>("--since")
        {
            Description = "With --failed or an address: only e-mails due since a day (2026-11-22, "
                + "in the hub's time zone) or a time ago (90m, 6h, 2d). Default: 1d, for an address 30d.",
        };
        var requeue = new Command("requeue", "Retry failed e-mails. The running hub sends them.") { which, failed, since };
        requeue.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var now = hub.Services.GetRequiredService<IClock>().GetCurrentInstant();
            var (typed, all) = (parsed.GetValue(which), parsed.GetValue(failed));
            if ((typed is null) != all)
                return Answer.Misread(WhichOne);
            if (Since(parsed.GetValue(since) ?? (all ? "1d" : "30d"), now, hub.Services.GetRequiredService<DateWords>()) is not { } from)
                return Answer.Misread(BadSince);
            var (id, address) =
                (Guid.TryParse(typed, out var known) ? known : (Guid?)null, typed is null ? null : MailCommand.Address(typed));
            if (!all && id is null && address is null)
                return Answer.Misread(WhichOne);
            if (await ExistingDatabase.WhyNot(hub.Services, stop) is { } code)
                return code;

            var notifications = hub.Services.GetRequiredService<RetryNotifications>();
            if (id is { } one)
            {
                var outcome = await notifications.One(one, actorId: null, stop);
                return outcome.Refusal == Refusal.NotFound
                    ? Answer.Refuse(NoSuchEmail)
                    : await End(hub.Services, Answer.Tell(outcome, _ => $"E-mail {one} will be retried within a minute."), stop);
            }

            var put = all
                ? await notifications.Failed(from, actorId: null, stop)
                : await notifications.To(address!, from, actorId: null, stop);
            return await End(hub.Services, Answer.Tell(put, count => Counted(count, address)), stop);
        });
        return requeue;
    }

    private static string Counted(int count, EmailAddress? address) => count switch
    {
        0 when address is not null =>
            $"No failed e-mails to {address} that are still relevant. 'mail explain {address}' shows what was sent.",
        0 => "No failed e-mails in that time that are still relevant.",
        1 => "1 e-mail will be retried within a minute.",
        _ => $"{count.ToString(CultureInfo.InvariantCulture)} e-mails will be retried, the first within a minute.",
    };

    private static async Task<int> End(IServiceProvider hub, int code, CancellationToken stop)
    {
        if (code == CommandLine.Ok)
            await MailNotes.Tell(hub, email: null, stop);
        return code;
    }

    /// <summary>Null for what is neither a day nor so many minutes, hours or days (at most ten years).</summary>
    internal static Instant? Since(string text, Instant now, DateWords dates)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
            return dates.StartOf(day);
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        Duration? ago = text[^1] switch
        {
            'm' => Duration.FromMinutes(count),
            'h' => Duration.FromHours(count),
            'd' => Duration.FromDays(count),
            _ => null,
        };
        return ago <= Duration.FromDays(3_660) ? now - ago : null;
    }

    private static Refusal WhichOne { get; } = new("which_letter", new(
        "Give one of these: the ID of an e-mail, an e-mail address, or --failed. "
            + "--since narrows the last two. 'mail explain <address>' lists IDs.",
        "Geben Sie eines davon an: die ID einer E-Mail, eine E-Mail-Adresse oder --failed. "
            + "Bei den beiden letzten grenzt --since ein. 'mail explain <Adresse>' zeigt IDs.",
        "Gib eines davon an: die ID einer E-Mail, eine E-Mail-Adresse oder --failed. Bei den beiden letzten grenzt --since ein. 'mail "
            + "explain <Adresse>' zeigt IDs."));

    private static Refusal NoSuchEmail { get; } = new("no_letter", new(
        "No e-mail has this ID. 'mail explain <address>' lists the e-mails to an address. The outbox (/admin/outbox) lists all.",
        "Keine E-Mail hat diese ID. 'mail explain <Adresse>' zeigt die E-Mails an eine Adresse. "
            + "Der Postausgang (/admin/outbox) zeigt alle."));

    private static Refusal BadSince { get; } = new("since", new(
        "--since must be a day like 2026-11-22, or a time ago like 90m, 6h or 2d.",
        "--since muss ein Tag wie 2026-11-22 sein oder eine Zeit zurück wie 90m, 6h oder 2d."));
}
