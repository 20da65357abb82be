using System.Globalization;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;
using Microsoft.Extensions.Options;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

/// <summary>What prevents e-mails from being sent now, with the next step; shown after commands that send some.</summary>
internal static class MailNotes
{
    private static readonly LocalDateTimePattern minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <param name="email">To whom; null for all.</param>
    public static async Task Tell(IServiceProvider hub, EmailAddress? email, CancellationToken stop)
    {
        var look = await hub.GetRequiredService<NotificationsNow>().Run(stop);
        if (Of(look.Relay, hub) is { } paused)
            await Console.Error.WriteLineAsync($"Note: {paused}");
        else if (look.IsLate(hub.GetRequiredService<Func<AlarmOptions>>()().LagMax))
            await Console.Error.WriteLineAsync(Line($"Note: {look.Due} e-mails are overdue, the oldest by ")
                + Line($"{look.Lag!.Value.TotalMinutes:0} minutes. Check that the hub is running. 'doctor' checks everything it needs."));
        if (email is null)
            return;
        foreach (var one in await hub.GetRequiredService<SuspendedAddresses>().Of(email, stop))
            await Console.Error.WriteLineAsync($"Note: {Of(one.Row, hub)}");
    }

    /// <summary>Null while e-mails can leave.</summary>
    public static string? Of(Relay relay, IServiceProvider hub) => relay.PausedSince is not { } since ? null : Line(
        $"no e-mails sent since {At(since, hub)}. The mail server ")
            + Line($"{(relay.Trouble == RelayTrouble.Refuses ? "rejects the hub" : "cannot be reached")}: ")
            + Line($"\"{relay.Reply}\". {Next(relay, hub)} Run 'mail test <address>' to see its current reply.");

    public static string Of(Suppression one, IServiceProvider hub) => Line(
        $"{one.Scope.Words.English.ToLowerInvariant()} to this address have been blocked since {At(one.Since, hub)}: ")
            + Line($"{one.Reason.Words.English}{(one.Diagnostic is { } said ? $", \"{said}\"" : "")}. {one.Reason.BeforeLifting.English} ")
            + Line($"{new Uri(hub.GetRequiredService<IOptions<HubSettings>>().Value.PublicUrl, Paths.Suspended)}");

    /// <summary>On the clock of the hub's own zone.</summary>
    public static string At(Instant at, IServiceProvider hub) =>
        minute.Format(at.InZone(hub.GetRequiredService<DateWords>().Zone).LocalDateTime);

    private static string Next(Relay relay, IServiceProvider hub) =>
        relay.PausedUntil is { } until ? Line($"Next try at {At(until, hub)}. To try now, choose 'Resume now' on {Paths.Outbox}.") : "";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
