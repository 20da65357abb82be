using DigiHub.Data;
using DigiHub.Notifications;
using Microsoft.Extensions.Logging;

namespace DigiHub.Mail;

/// <summary>Circuit breaker for the relay, shared by the workers of all processes: pauses it, tries it again, slows it down.</summary>
public sealed class RelayCircuitBreaker(
    HubDbFactory databases, UnitOfWork unitOfWork, IMailSender sender, IClock clock, ILogger<RelayCircuitBreaker> log)
{
    /// <summary>How long one worker may try the relay after a pause; after that the next may.</summary>
    private static readonly Duration trialLife = Duration.FromMinutes(2);

    /// <summary>Whether notifications may leave. After a pause one process connects to the relay to find out.</summary>
    public async Task<RelayPassage> Ask(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using (var db = databases.Open())
        {
            var relay = await db.RelayNow(stop);
            if (relay.PausedSince is null)
                return RelayPassage.Open;
            if (relay.IsPausedAt(now))
                return RelayPassage.Closed;
        }

        if (!await BeginTrial(now, stop))
            return RelayPassage.Closed;
        var hello = await sender.Greet(stop);
        if (hello.Result == SendResult.Taken)
            return RelayPassage.HalfOpen;
        await Pause(hello);
        return RelayPassage.Closed;
    }

    /// <summary>No notification can leave for now, whichever it is.</summary>
    public async Task Pause(SendReply reply)
    {
        var trouble = reply.Result == SendResult.RelayRefuses ? RelayTrouble.Refuses : RelayTrouble.Away;
        var paused = await Change((relay, now) => relay.Pause(trouble, reply.WithoutAddresses, now));
        log.LogWarning("No e-mail can be sent until {Until} ({Trouble}): {Reply}", paused.PausedUntil, trouble, reply.WithoutAddresses);
    }

    /// <summary>The relay asked to slow down: 421, 432, 4.3.x and the like. All notifications are sent more slowly for a while.</summary>
    public async Task SlowDown(SendReply reply)
    {
        var slowed = await Change((relay, now) => relay.SlowDown(now));
        log.LogWarning("The relay asks to slow down (level {Level}): {Reply}", slowed.SlowLevel, reply.WithoutAddresses);
    }

    public async Task Resume()
    {
        await Change((relay, _) => relay.Resume());
        log.LogInformation("E-mails are sent again");
    }

    private async Task<bool> BeginTrial(Instant now, CancellationToken stop)
    {
        var begun = await unitOfWork.Run<bool>(async db =>
        {
            var relay = await db.RelayInTurn(stop);
            if (relay.IsPausedAt(now))
                return false;
            relay.TryUntil(now + trialLife);
            return true;
        }, stop);
        return begun is { IsDone: true, Value: true };
    }

    private async Task<Relay> Change(Action<Relay, Instant> change)
    {
        var now = clock.GetCurrentInstant();
        var changed = await unitOfWork.Run<Relay>(async db =>
        {
            var relay = await db.RelayInTurn(CancellationToken.None);
            change(relay, now);
            return relay;
        }, CancellationToken.None);
        return changed.IsDone ? changed.Value : new Relay();
    }
}

public enum RelayPassage
{
    Open,

    /// <summary>Paused: nothing is tried.</summary>
    Closed,

    /// <summary>Half-open: this caller alone tries the relay and reports the result.</summary>
    HalfOpen,
}
