using System.CommandLine;
using System.Globalization;
using DigiHub.Letters;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

internal static class MailRequeueCommand
{
    private static readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    public static Command Make(Option<FileInfo?> config)
    {
        var id = new Argument<Guid?>("id") { Description = "The letter, as 'mail explain' and the outbox name it.", Arity = ArgumentArity.ZeroOrOne };
        var failed = new Option<bool>("--failed") { Description = "All letters that were given up and can still help." };
        var since = new Option<string>("--since") { Description = "With --failed: due since a day (2026-11-22, Berlin), or so long ago (90m, 6h, 2d).", DefaultValueFactory = _ => "1d" };
        var requeue = new Command("requeue", "Has letters that were given up tried again, by the hub that runs.") { id, failed, since };
        requeue.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            var letters = hub.Services.GetRequiredService<RequeueLetters>();
            var now = hub.Services.GetRequiredService<IClock>().GetCurrentInstant();
            return (parsed.GetValue(id), parsed.GetValue(failed)) switch
            {
                ({ } one, false) => Answer.Tell(await letters.One(one, actorId: null, stop), done => $"Letter {done} is tried again within a minute."),
                (null, true) when Since(parsed.GetRequiredValue(since), now) is { } from => Answer.Tell(
                    await letters.Failed(from, actorId: null, stop), count => $"{count.ToString(CultureInfo.InvariantCulture)} letters are tried again, the first within a minute."),
                (null, true) => Answer.Refuse(BadSince),
                _ => Answer.Refuse(WhichOne),
            };
        });
        return requeue;
    }

    /// <summary>Null for what is neither a day nor so many minutes, hours or days (at most ten years).</summary>
    internal static Instant? Since(string text, Instant now)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
            return day.AtStartOfDayInZone(zone).ToInstant();
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
        "Give either the id of a letter, or --failed with --since.",
        "Geben Sie entweder die Kennung einer Nachricht an oder --failed mit --since."));

    private static Refusal BadSince { get; } = new("since", new(
        "--since is a day like 2026-11-22, or a time ago like 90m, 6h or 2d.",
        "--since ist ein Tag wie 2026-11-22 oder eine Zeit zurück wie 90m, 6h oder 2d."));
}
