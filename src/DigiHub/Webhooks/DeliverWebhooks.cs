using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Webhooks;

/// <summary>
/// Tells endpoints what is due, claimed like letters are; safe to run twice, on several machines or never to have finished: then something
/// arrives twice, under the same id. What does not arrive is tried for three days.
/// </summary>
public sealed class DeliverWebhooks(
    HubDbFactory databases, WriteDoor door, IWebhookPost post, HubSeal seals, WebhookManners manners, IClock clock, ILogger<DeliverWebhooks> log)
{
    private const int InHandMax = 40;
    private static readonly Duration claimLife = Duration.FromMinutes(2);
    private static readonly Duration runMax = Duration.FromSeconds(50);

    // Standard Webhooks 1.0 recommends these, up to some days, with a little chance so that not all come back at once.
    private static readonly Duration[] waits =
    [
        Duration.FromSeconds(5), Duration.FromMinutes(5), Duration.FromMinutes(30), Duration.FromHours(2), Duration.FromHours(5), Duration.FromHours(10),
        Duration.FromHours(14), Duration.FromHours(20), Duration.FromHours(24),
    ];

    public static int AttemptsMax => waits.Length + 1;

    /// <summary>Up to a tenth longer, the same for a delivery however often it is asked.</summary>
    public static Duration WaitAfter(int attempts, Guid id) =>
        waits[Math.Clamp(attempts, 1, waits.Length) - 1] * (1 + (id.ToByteArray()[15] / 2560.0));

    /// <summary>Says how many arrived.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var end = clock.GetCurrentInstant() + runMax;
        var arrived = 0;
        while (clock.GetCurrentInstant() < end && await Claim(stop) is { Count: > 0 } claimed)
        {
            await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = manners.AtOnce, CancellationToken = stop }, async (delivery, _) =>
            {
                try
                {
                    if (await Deliver(delivery, stop))
                        Interlocked.Increment(ref arrived);
                }
                catch (Exception exception) when (exception is not OperationCanceledException) // the others go on; this one when its claim is old
                {
                    log.LogError(exception, "Webhook {Delivery} broke", delivery.Id);
                }
            });
        }

        return arrived;
    }

    private const string ClaimSql = """
        WITH due AS MATERIALIZED (
            SELECT id FROM webhook_deliveries WHERE ((state = 'Waiting' AND next_attempt_at <= {0}) OR (state = 'Claimed' AND claimed_at < {1}))
                AND endpoint_id IN (SELECT id FROM webhook_endpoints WHERE stopped_at IS NULL)
            ORDER BY next_attempt_at LIMIT {2} /*skipping*/)
        UPDATE webhook_deliveries SET state = 'Claimed', claimed_at = {0} WHERE id IN (SELECT id FROM due) RETURNING *
        """;

    private async Task<List<WebhookDelivery>> Claim(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant().InWholeMicroseconds();
        var claimed = await door.Run<List<WebhookDelivery>>(async db => await db.WebhookDeliveries
            .FromSqlRaw(ClaimSql.Replace("/*skipping*/", db.SkippingTakenRows, StringComparison.Ordinal), db.InSql(now), db.InSql(now - claimLife), InHandMax)
            .AsNoTracking().ToListAsync(stop), stop);
        return claimed.IsDone ? claimed.Value : [];
    }

    private async Task<bool> Deliver(WebhookDelivery delivery, CancellationToken stop)
    {
        var started = clock.GetCurrentInstant();
        WebhookEndpoint? endpoint;
        await using (var db = databases.Open())
            endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == delivery.EndpointId, stop);
        if (endpoint is null)
            return false;

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var reply = await post.Send(endpoint.Url, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["webhook-id"] = delivery.MessageId,
            ["webhook-timestamp"] = started.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["webhook-signature"] = WebhookSignature.Of(endpoint.Secrets(await seals.Get(stop), started), delivery.MessageId, started, delivery.Body),
        }, delivery.Body, stop);
        await door.Run<bool>(db => Record(db, delivery, reply, started, (int)watch.ElapsedMilliseconds), CancellationToken.None);
        return reply.IsTaken;
    }

    private async Task<Outcome<bool>> Record(HubDb db, WebhookDelivery claimed, WebhookReply reply, Instant at, int milliseconds)
    {
        // Removed meanwhile, or another's by now: then nothing is left to say.
        if (await db.WebhookDeliveries.SingleOrDefaultAsync(one => one.Id == claimed.Id && one.ClaimedAt == claimed.ClaimedAt && one.State == WebhookState.Claimed) is not { } delivery)
            return false;

        var now = clock.GetCurrentInstant();
        delivery.Attempts++;
        delivery.ClaimedAt = null;
        delivery.NextAttemptAt = now + WaitAfter(delivery.Attempts, delivery.Id);
        delivery.State = reply.IsTaken ? WebhookState.Delivered : delivery.Attempts >= AttemptsMax ? WebhookState.Failed : WebhookState.Waiting;
        db.WebhookAttempts.Add(new WebhookAttempt
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            DeliveryId = delivery.Id,
            At = at,
            Milliseconds = milliseconds,
            Status = reply.Status,
            Reply = reply.Words.Length > WebhookAttempt.ReplyMax ? reply.Words[..WebhookAttempt.ReplyMax] : reply.Words,
        });
        await Judge(db, delivery.EndpointId, reply, now);
        return true;
    }

    private async Task Judge(HubDb db, Guid endpointId, WebhookReply reply, Instant now)
    {
        var endpoint = await db.WebhookEndpoints.SingleAsync(one => one.Id == endpointId);
        if (reply.IsTaken)
        {
            endpoint.FailingSince = null;
            return;
        }

        endpoint.FailingSince ??= now;
        if (endpoint.StoppedAt is not null || (reply.Status != 410 && now - endpoint.FailingSince < manners.StopAfter))
            return;
        endpoint.Stop(reply.Status == 410 ? WebhookStop.Gone : WebhookStop.Failing, now);
        var owner = await db.Members.AsNoTracking().SingleAsync(member => member.Id == endpoint.OwnerId);
        log.LogWarning("Stopped webhook endpoint {Endpoint}: {Why}", endpoint.Id, endpoint.StoppedWhy);
        db.Write(new Letter
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            Kind = LetterKind.WebhookStopped,
            Purpose = $"webhook-stopped:{endpoint.Id:N}:{now.ToUnixTimeSeconds()}",
            RecipientName = owner.Name,
            RecipientEmail = owner.Email,
            Language = owner.Language,
            MemberId = owner.Id,
            Note = new WebhookStopNote(endpoint.Id, endpoint.Name, reply.Status is { } status ? $"HTTP {status}" : reply.Words).Written,
            WrittenAt = now,
            DueAt = now,
            NextAttemptAt = now,
        });
    }
}

/// <summary>What the letter about a stopped endpoint tells, as its Note carries it.</summary>
public sealed record WebhookStopNote(Guid EndpointId, string Name, string Said)
{
    public string Written => $"{EndpointId:N}\n{Name}\n{Said}";

    public static WebhookStopNote? Parse(string? note) =>
        note?.Split('\n', 3) is [var id, var name, var said] && Guid.TryParseExact(id, "N", out var endpoint) ? new(endpoint, name, said) : null;
}
