using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;

namespace DigiHub.Webhooks;

/// <summary>An endpoint with its secret, as it is handed to its owner, this once.</summary>
public sealed record NewWebhookEndpoint(WebhookEndpoint Endpoint, string Secret);

/// <param name="Waiting">Deliveries that have not arrived and still may; at most <see cref="WebhookOptions.WaitingMax"/>.</param>
/// <param name="At">When this was looked at.</param>
public sealed record WebhookLog(
    WebhookEndpoint Endpoint, int Waiting, Instant At,
    IReadOnlyList<(WebhookDelivery Delivery, IReadOnlyList<WebhookAttempt> Attempts)> Deliveries);

/// <summary>A member's own endpoints. Only organisers and administrators may have any.</summary>
public sealed class WebhookEndpoints(
    HubDbFactory databases, UnitOfWork unitOfWork, HubTokenSigner signers,
    IWebhookSender sender, WebhookTypes known, WebhookText text, IClock clock)
{
    public const int DeliveriesMax = 50;

    /// <summary>
    /// Refuses, naming the field, a missing name, an address that may not be posted to, no or unknown types; and more than ten endpoints.
    /// </summary>
    public async Task<Outcome<NewWebhookEndpoint>> Add(
        Guid ownerId, string? name, string? url, WebhookShape shape, IReadOnlyCollection<string> types, CancellationToken stop)
    {
        var (called, address, signer) = (TypedText.Line(name), url?.Trim() ?? "", await signers.Get(stop));
        List<Refusal> wrong = [];
        if (called is null || called.Length > WebhookEndpoint.NameMax)
            wrong.Add(WebhookRefusals.BadName);
        if (address.Length > WebhookEndpoint.UrlMax || sender.WhyNot(address) is not null)
            wrong.Add(new Refusal("webhook_url", sender.WhyNot(address) ?? WebhookRefusals.TooLong) { Field = "url" });
        if (types.Count == 0 || types.Any(type => !known.Has(type)))
            wrong.Add(WebhookRefusals.NoTypes);
        if (Refusal.AllOf(wrong) is { } refusal)
            return refusal;

        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run<NewWebhookEndpoint>(async db =>
        {
            if (await db.Viewer(ownerId, now, stop) is not { } owner || !owner.MayAnywhere(Permission.ManageWebhooks))
                return Refusal.NotFound;
            await db.AcquireLocks([LockKey.OfSubject(ownerId)], stop);
            if (await db.WebhookEndpoints.CountAsync(one => one.OwnerId == ownerId, stop) >= WebhookEndpoint.PerMemberMax)
                return WebhookRefusals.TooMany;
            var id = Guid.CreateVersion7(now.ToDateTimeOffset());
            var endpoint = new WebhookEndpoint
            {
                Id = id,
                OwnerId = ownerId,
                Name = called!,
                HiddenUrl = WebhookEndpoint.Hide(signer, id, address),
                ShownUrl = WebhookEndpoint.Shorten(new Uri(address)),
                Shape = shape,
                Types = WebhookEndpoint.Write(types.Distinct().Order(StringComparer.Ordinal)),
                CreatedAt = now,
            };
            db.WebhookEndpoints.Add(endpoint);
            db.Record(now, ownerId, WebhookActs.Added, endpoint.Id);
            return new NewWebhookEndpoint(endpoint, endpoint.Secrets(signer, now).First());
        }, stop);
    }

    /// <summary>The old secret signs beside the new one for a day.</summary>
    public async Task<Outcome<NewWebhookEndpoint>> NewSecret(Guid ownerId, Guid id, CancellationToken stop)
    {
        var signer = await signers.Get(stop);
        return await Change<NewWebhookEndpoint>(ownerId, id, WebhookActs.SecretChanged, (_, endpoint, now) =>
        {
            endpoint.NewSecret(now);
            return new NewWebhookEndpoint(endpoint, endpoint.Secrets(signer, now).First());
        }, stop);
    }

    public Task<Outcome<Guid>> Stop(Guid ownerId, Guid id, CancellationToken stop) => Change<Guid>(ownerId,
        id, WebhookActs.Stopped, (_, endpoint, now) =>
        {
            endpoint.Stop(WebhookStop.ByOwner, now);
            return id;
        }, stop);

    /// <summary>What waited meanwhile goes out now, whatever patience it had asked for.</summary>
    public Task<Outcome<Guid>> Resume(Guid ownerId, Guid id, CancellationToken stop) => Change<Guid>(ownerId,
        id, WebhookActs.Resumed, (db, endpoint, _) =>
        {
            endpoint.Resume();
            db.LeavesWork = true;
            return id;
        }, stop);

    public Task<Outcome<Guid>> Remove(Guid ownerId, Guid id, CancellationToken stop) => Change<Guid>(ownerId,
        id, WebhookActs.Removed, (db, endpoint, _) =>
        {
            db.Remove(endpoint);
            return id;
        }, stop);

    public Task<Outcome<Guid>> Ping(Guid ownerId, Guid id, CancellationToken stop) =>
        Change<Guid>(ownerId, id, WebhookActs.Pinged, (db, endpoint, now) =>
            WriteWebhooks.Write(db, endpoint, WebhookTypes.Ping, PingBody(endpoint, now), now).Id, stop);

    /// <summary>Once more, under the same id, whether it arrived or not.</summary>
    public Task<Outcome<Guid>> Redeliver(Guid ownerId, Guid deliveryId, CancellationToken stop) => unitOfWork.Run<Guid>(async db =>
    {
        var (now, endpoints) = (clock.GetCurrentInstant(), db.WebhookEndpoints);
        var moved = await db.WebhookDeliveries
            .Where(one => one.Id == deliveryId && one.State != WebhookState.Leased
                && endpoints.Any(endpoint => endpoint.Id == one.EndpointId && endpoint.OwnerId == ownerId))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, WebhookState.Waiting)
                .SetProperty(one => one.NextAttemptAt, now).SetProperty(one => one.Attempts, 0), stop);
        if (moved == 0)
            return Refusal.NotFound;
        db.Record(now, ownerId, WebhookActs.Redelivered, deliveryId);
        db.LeavesWork = true;
        return deliveryId;
    }, stop);

    public async Task<IReadOnlyList<WebhookEndpoint>> Of(Guid ownerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.WebhookEndpoints.AsNoTracking().Where(one => one.OwnerId == ownerId)
            .OrderBy(one => one.Name).Take(WebhookEndpoint.PerMemberMax).ToListAsync(stop);
    }

    /// <summary>The latest deliveries first, with their attempts in order; null if it is not theirs.</summary>
    public async Task<WebhookLog?> Log(Guid ownerId, Guid id, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.OwnerId == ownerId,
            stop) is not { } endpoint)
            return null;
        var deliveries = await db.WebhookDeliveries.AsNoTracking().Where(one => one.EndpointId == id)
            .OrderByDescending(one => one.Id).Take(DeliveriesMax).ToListAsync(stop);
        Guid[] ids = [.. deliveries.Select(one => one.Id)];
        var attempts = (await db.WebhookAttempts.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.DeliveryId))
            .OrderBy(one => one.At).ToListAsync(stop)).ToLookup(one => one.DeliveryId);
        var waiting = await db.WebhookDeliveries.NotYetThere().CountAsync(one => one.EndpointId == id, stop);
        return new WebhookLog(endpoint, waiting, clock.GetCurrentInstant(),
            [.. deliveries.Select(one => (one, (IReadOnlyList<WebhookAttempt>)[.. attempts[one.Id]]))]);
    }

    private string PingBody(WebhookEndpoint endpoint, Instant now) =>
        text.Body(endpoint.Shape, Languages.Here, WebhookTypes.Ping, endpoint.Id, now, new WebhookFacts());

    private Task<Outcome<T>> Change<T>(Guid ownerId, Guid id, Act<Guid> act,
        Func<HubDb, WebhookEndpoint, Instant, T> change, CancellationToken stop) => unitOfWork.Run<T>(async db =>
        {
            var now = clock.GetCurrentInstant();
            if (await db.WebhookEndpoints.SingleOrDefaultAsync(one => one.Id == id && one.OwnerId == ownerId, stop) is not { } endpoint)
                return Refusal.NotFound;
            var done = change(db, endpoint, now);
            db.Record(now, ownerId, act, id);
            return done;
        }, stop);
}
