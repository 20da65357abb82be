using System.CommandLine;
using System.Globalization;
using DigiHub.Letters;
using DigiHub.Web.Account;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

internal static class MailRequeueCommand
{
    public static Command Make(Launch launch)
    {
        var which = new Argument<string?>("letter") { Description = "The id of a letter, as 'mail explain' and the outbox name it; or an address: all that were given up for it.", Arity = ArgumentArity.ZeroOrOne };
        var failed = new Option<bool>("--failed") { Description = "All letters that were given up and can still help." };
        var since = new Option<string?>("--since") { Description = "With --failed or an address: due since a day (2026-11-22, in the hub's zone), or so long ago (90m, 6h, 2d). Without it: one day; for an address thirty." };
        var requeue = new Command("requeue", "Has letters that were given up tried again, by the hub that runs.") { which, failed, since };
        requeue.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var now = hub.Services.GetRequiredService<IClock>().GetCurrentInstant();
            var (typed, all) = (parsed.GetValue(which), parsed.GetValue(failed));
            if ((typed is null) != all)
                return Answer.Misread(WhichOne);
            if (Since(parsed.GetValue(since) ?? (all ? "1d" : "30d"), now, hub.Services.GetRequiredService<DateWords>()) is not { } from)
                return Answer.Misread(BadSince);
            var (id, address) = (Guid.TryParse(typed, out var known) ? known : (Guid?)null, typed is null ? null : MailCommand.Address(typed));
            if (!all && id is null && address is null)
                return Answer.Misread(WhichOne);
            if (await DatabaseAtHand.WhyNot(hub.Services, stop) is { } code)
                return code;

            var letters = hub.Services.GetRequiredService<RequeueLetters>();
            if (id is { } one)
            {
                var outcome = await letters.One(one, actorId: null, stop);
                return outcome.Refusal == Refusal.NotFound ? Answer.Refuse(NoSuchLetter) : await End(hub.Services, Answer.Tell(outcome, _ => $"Letter {one} is tried again within a minute."), stop);
            }

            var put = all ? await letters.Failed(from, actorId: null, stop) : await letters.To(address!, from, actorId: null, stop);
            return await End(hub.Services, Answer.Tell(put, count => Counted(count, address)), stop);
        });
        return requeue;
    }

    private static string Counted(int count, EmailAddress? address) => count switch
    {
        0 when address is not null => $"No letter to {address} was given up that can still help. 'mail explain {address}' tells what became of them.",
        0 => "No letter was given up in that time that can still help.",
        1 => "1 letter is tried again within a minute.",
        _ => $"{count.ToString(CultureInfo.InvariantCulture)} letters are tried again, the first within a minute.",
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
        "Give one of these: the id of a letter, an e-mail address, or --failed. With the latter two --since narrows it. 'mail explain <address>' lists ids.",
        "Geben Sie eines davon an: die Kennung einer Nachricht, eine E-Mail-Adresse oder --failed. Bei den beiden letzten grenzt --since ein. „mail explain <Adresse>“ nennt Kennungen."));

    private static Refusal NoSuchLetter { get; } = new("no_letter", new(
        "There is no letter with this id. 'mail explain <address>' lists the letters to an address; the outbox, /admin/letters, lists all.",
        "Es gibt keine Nachricht mit dieser Kennung. „mail explain <Adresse>“ nennt die Nachrichten an eine Adresse, der Postausgang, /admin/letters, alle."));

    private static Refusal BadSince { get; } = new("since", new(
        "--since is a day like 2026-11-22, or a time ago like 90m, 6h or 2d.",
        "--since ist ein Tag wie 2026-11-22 oder eine Zeit zurück wie 90m, 6h oder 2d."));
}
