using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Webhooks;

/// <summary>
/// Delivers due webhooks, leased like notifications; safe to run twice, on several machines, or to be killed: then something
/// arrives twice, under the same id. What does not arrive is tried for three days.
/// </summary>
public sealed class DeliverWebhooks(
    HubDbFactory databases, UnitOfWork unitOfWork, IWebhookSender sender, HubTokenSigner signers,
    WebhookOptions options, WebhookMeter meter, IClock clock, ILogger<DeliverWebhooks> log)
{
    private const int LeasedMax = 40;
    private static readonly Duration leaseLife = Duration.FromMinutes(2);
    private static readonly Duration runMax = Duration.FromSeconds(50);

    // Standard Webhooks 1.0 recommends these, up to some days, with a little chance so that not all come back at once.
    private static readonly Duration[] waits =
    [
        Duration.FromSeconds(5), Duration.FromMinutes(5), Duration.FromMinutes(30),
        Duration.FromHours(2), Duration.FromHours(5), Duration.FromHours(10),
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
        while (clock.GetCurrentInstant() < end && await Claim(stop) is { Count: > 0 } leased)
        {
            await Parallel.ForEachAsync(leased,
                new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = stop }, async (delivery, _) =>
                {
                    try
                    {
                        if (await Deliver(delivery, stop))
                            Interlocked.Increment(ref arrived);
                    }
                    // the others go on; this one when its lease has expired
                    catch (Exception exception) when (exception is not OperationCanceledException)
                    {
                        log.LogError(exception, "Webhook {Delivery} failed", delivery.Id);
                    }
                });
        }

        await StopFull(stop);
        return arrived;
    }

    // Disabled owners, and those who no longer organise, get nothing, not even earlier deliveries: these wait and are purged.
    private static readonly string leaseSql = $$"""
        WITH due AS MATERIALIZED (
            SELECT id FROM webhook_deliveries WHERE ((state = 'Waiting' AND next_attempt_at <= {0}) OR (state = 'Leased' AND leased_at < {1}))
                AND endpoint_id IN (SELECT id FROM webhook_endpoints WHERE stopped_at IS NULL AND (patient_until IS NULL OR patient_until <= {0})
                    AND owner_id IN (SELECT id FROM members WHERE disabled_at IS NULL)
                    AND owner_id IN (SELECT member_id FROM role_grants WHERE role IN ({{Permission.ManageWebhooks.RolesInSql}}) AND (ends_at IS NULL OR ends_at > {0})))
            ORDER BY next_attempt_at LIMIT {2} /*skipping*/)
        UPDATE webhook_deliveries SET state = 'Leased', leased_at = {0} WHERE id IN (SELECT id FROM due) RETURNING *
        """;

    private async Task<List<WebhookDelivery>> Claim(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant().InWholeMicroseconds();
        var leased = await unitOfWork.Run<List<WebhookDelivery>>(async db => await db.IsResting(stop) ? [] : await db.WebhookDeliveries
            .FromSqlRaw(leaseSql.Replace("/*skipping*/", db.SkippingTakenRows, StringComparison.Ordinal),
                db.InSql(now), db.InSql(now - leaseLife), LeasedMax)
            .AsNoTracking().ToListAsync(stop), stop);
        return leased.IsDone ? leased.Value : [];
    }

    private async Task<bool> Deliver(WebhookDelivery delivery, CancellationToken stop)
    {
        var started = clock.GetCurrentInstant();
        WebhookEndpoint? endpoint;
        await using (var db = databases.Open())
            endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == delivery.EndpointId, stop);
        if (endpoint is null)
            return false;
        if (!endpoint.MayBeToldAt(started))
        {
            // Leased together with the one that was answered "later": that this one waits is no failure of its own.
            await unitOfWork.Run<int>(async db => await db.WebhookDeliveries
                .Where(one => one.Id == delivery.Id && one.LeasedAt == delivery.LeasedAt && one.State == WebhookState.Leased)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(one => one.State, WebhookState.Waiting).SetProperty(one => one.LeasedAt, (Instant?)null), stop), stop);
            return false;
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var reply = await Send(endpoint, delivery, started, stop);
        var recorded = await unitOfWork.Run<Recorded?>(db => Record(db, delivery, reply, started, (int)watch.ElapsedMilliseconds),
            CancellationToken.None);
        if (recorded is { IsDone: true, Value: { } done })
        {
            meter.Went(done.Delivery, reply, clock.GetCurrentInstant());
            Tell(endpoint.Id, done.Stopped);
        }

        return reply.IsTaken;
    }

    private async Task<WebhookReply> Send(WebhookEndpoint endpoint, WebhookDelivery delivery, Instant at, CancellationToken stop)
    {
        var signer = await signers.Get(stop);
        if (endpoint.Url(signer) is not { } url)
            return new WebhookReply(null, "the hub’s key has changed since this webhook was created: create it again");
        var reply = await sender.Send(url, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["webhook-id"] = delivery.MessageId,
            ["webhook-timestamp"] = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["webhook-signature"] = WebhookSignature.Of(endpoint.Secrets(signer, at), delivery.MessageId, at, delivery.Body),
        }, delivery.Body, stop);
        // "Cannot POST /services/T0/B0/secret", say some servers: the words are kept and shown, the secret is not.
        return new Uri(url).PathAndQuery is { Length: > 1 } path ? reply with
        { Words = reply.Words.Replace(path, "/…", StringComparison.OrdinalIgnoreCase) } : reply;
    }

    /// <param name="Stopped">Why its endpoint is stopped now; null if it is not.</param>
    private sealed record Recorded(WebhookDelivery Delivery, WebhookStop? Stopped);

    private async Task<Outcome<Recorded?>> Record(HubDb db, WebhookDelivery leased, WebhookReply reply, Instant at, int milliseconds)
    {
        // Removed meanwhile, or leased by another worker: nothing to record.
        if (await db.WebhookDeliveries.SingleOrDefaultAsync(one => one.Id == leased.Id
            && one.LeasedAt == leased.LeasedAt && one.State == WebhookState.Leased) is not { } delivery)
            return (Recorded?)null;

        var now = clock.GetCurrentInstant();
        var endpoint = await db.WebhookEndpoints.SingleAsync(one => one.Id == delivery.EndpointId);
        endpoint.Answered(reply, now);
        delivery.Attempts++;
        delivery.LeasedAt = null;
        // Never sooner than requested, and never more often than the standard says.
        delivery.NextAttemptAt = Instant.Max(now + WaitAfter(delivery.Attempts, delivery.Id), endpoint.PatientUntil ?? now);
        delivery.State = reply.IsTaken ? WebhookState.Delivered
            : delivery.Attempts >= AttemptsMax ? WebhookState.Failed : WebhookState.Waiting;
        db.WebhookAttempts.Add(new WebhookAttempt
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            DeliveryId = delivery.Id,
            At = at,
            Milliseconds = milliseconds,
            Status = reply.Status,
            Reply = reply.Words.Length > WebhookAttempt.ReplyMax ? reply.Words[..WebhookAttempt.ReplyMax] : reply.Words,
        });
        return new Recorded(delivery, await Judge(db, endpoint, reply, now));
    }

    private async Task<WebhookStop?> Judge(HubDb db, WebhookEndpoint endpoint, WebhookReply reply, Instant now)
    {
        if (reply.IsTaken || endpoint.StoppedAt is not null || (!reply.IsGone && now - endpoint.FailingSince < options.StopAfter))
            return null;
        var why = reply.IsGone ? WebhookStop.Gone : WebhookStop.Failing;
        await db.StopEndpoint(endpoint, why, reply.Said, now, CancellationToken.None);
        return why;
    }

    /// <summary>
    /// Stops endpoints with too many undelivered messages, so that these do not fill the database. Runs after delivery, so
    /// that one just resumed gets its chance.
    /// </summary>
    private async Task StopFull(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<Guid> full;
        await using (var db = databases.Open())
        {
            var waiting = db.WebhookDeliveries.NotYetThere();
            full = await db.WebhookEndpoints
                .Where(endpoint => endpoint.StoppedAt == null && waiting.Count(one => one.EndpointId == endpoint.Id)
                    >= (endpoint.FailingSince != null || endpoint.PatientUntil > now ? options.StopAtWaiting : options.WaitingMax))
                .Select(endpoint => endpoint.Id).ToListAsync(stop);
        }

        foreach (var id in full)
        {
            var stopped = await unitOfWork.Run<WebhookStop?>(async db =>
            {
                if (await db.WebhookEndpoints.SingleOrDefaultAsync(one => one.Id == id && one.StoppedAt == null, stop) is not { } endpoint)
                    return (WebhookStop?)null;
                var deliveries = db.WebhookDeliveries;
                var last = await db.WebhookAttempts.AsNoTracking()
                    .Where(attempt => deliveries.Any(one => one.Id == attempt.DeliveryId && one.EndpointId == id))
                    .OrderByDescending(attempt => attempt.At).FirstOrDefaultAsync(stop);
                await db.StopEndpoint(endpoint, WebhookStop.Full,
                    last is null ? "" : new WebhookReply(last.Status, last.Reply).Said, now, stop);
                return WebhookStop.Full;
            }, stop);
            Tell(id, stopped.IsDone ? stopped.Value : null);
        }
    }

    private void Tell(Guid endpointId, WebhookStop? stopped)
    {
        if (stopped is not { } why)
            return;
        log.LogWarning("Stopped webhook endpoint {Endpoint}: {Why}", endpointId, why);
        meter.Stopped(why);
    }
}
