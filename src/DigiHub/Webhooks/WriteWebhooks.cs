using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;

namespace DigiHub.Webhooks;

/// <summary>
/// Turns activity into deliveries, in the act's own commit: every act is recorded once, so nothing is sent that was not done,
/// and nothing done is missed. Without any endpoint it costs one small query every five seconds: the very first endpoint may
/// miss the acts of its first five seconds.
/// </summary>
internal sealed class WriteWebhooks(
    IEnumerable<IWebhookSubject> subjects, WebhookTypes types, WebhookText text,
    WebhookOptions options, WebhookMeter meter, IClock clock) : IBeforeCommit
{
    private static readonly Duration knownFor = Duration.FromSeconds(5);

    private readonly Dictionary<string, IWebhookSubject> byKind =
        subjects.ToDictionary(subject => subject.Kind.Name, StringComparer.Ordinal);

    private long nobodySince = long.MinValue; // in ticks, so that it is read whole

    public async Task Look(HubDb db, CancellationToken stop)
    {
        if (db.ChangeTracker.Entries<WebhookEndpoint>().Any())
            Volatile.Write(ref nobodySince, long.MinValue);
        var acts = db.ChangeTracker.Entries<ActivityEntry>().Select(entry => entry.Entity)
            .Where(entry => types.OfAct(entry.Act) is not null).ToList();
        var now = clock.GetCurrentInstant().ToUnixTimeTicks();
        if (acts.Count == 0 || Volatile.Read(ref nobodySince) is var since
            && since != long.MinValue && since <= now && now - since < knownFor.BclCompatibleTicks)
            return;
        var listening = await Listening(db, stop);
        if (listening.Count == 0)
        {
            Volatile.Write(ref nobodySince, now);
            return;
        }

        Dictionary<Guid, int> room = [];
        foreach (var act in acts)
        {
            var type = types.OfAct(act.Act)!;
            var subject = act.Subject!.Value;
            var (id, facts) = (byKind[subject.Kind].Kind.KeyOf(subject.Id), await Facts(db, subject, stop));
            foreach (var (endpoint, owner) in listening.Where(
                one => one.Endpoint.Types.Contains($" {type.Name} ", StringComparison.Ordinal)))
            {
                if (!MayHear(owner.Viewer, facts))
                    continue;
                if (!room.TryGetValue(endpoint.Id, out var left))
                    left = await RoomFor(db, endpoint, stop);
                room[endpoint.Id] = left - 1;
                if (left <= 0)
                    meter.Dropped();
                else
                    Write(db, endpoint, type, text.Body(endpoint.Shape, owner.Member.Language, type, id, act.At, facts), act.At);
            }
        }
    }

    // Counted in an index that knows only what waits: hardly anything, as a rule, and never more than the bound.
    private async Task<int> RoomFor(HubDb db, WebhookEndpoint endpoint, CancellationToken stop) =>
        options.WaitingMax - await db.WebhookDeliveries.NotYetThere()
            .Where(one => one.EndpointId == endpoint.Id).Take(options.WaitingMax).CountAsync(stop);

    internal static WebhookDelivery Write(HubDb db, WebhookEndpoint endpoint, WebhookType type, string body, Instant at)
    {
        var delivery = new WebhookDelivery
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            EndpointId = endpoint.Id,
            Type = type.Name,
            Body = body,
            At = at,
            NextAttemptAt = at,
        };
        db.WebhookDeliveries.Add(delivery);
        db.LeavesWork = true;
        return delivery;
    }

    /// <summary>Owners hear what they may see: all of the sites where they may, and of their own events where they host.</summary>
    private static bool MayHear(Viewer owner, WebhookFacts facts)
    {
        if (facts.SiteId is not { } siteId)
            return owner.May(Permission.HearAllActs);
        return owner.May(Permission.HearAllActs, siteId)
            || (facts.OrganiserId == owner.MemberId && owner.May(Permission.HostEvents, siteId));
    }

    private async Task<List<(WebhookEndpoint Endpoint, Actor Owner)>> Listening(HubDb db, CancellationToken stop)
    {
        var endpoints = await db.WebhookEndpoints.AsNoTracking().Where(endpoint => endpoint.StoppedAt == null).ToListAsync(stop);
        var owners = await db.Actors([.. endpoints.Select(endpoint => endpoint.OwnerId).Distinct()], clock.GetCurrentInstant(), stop);
        return [.. endpoints.Where(endpoint => owners.ContainsKey(endpoint.OwnerId))
            .Select(endpoint => (endpoint, owners[endpoint.OwnerId]))];
    }

    // Bounded by construction: an e-mail is about a registration, a registration about an event, and an event about nothing else.
    private async Task<WebhookFacts> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        var facts = byKind.TryGetValue(subject.Kind, out var known) ? await known.Facts(db, subject, stop) : null;
        return facts?.About is { } about ? await Facts(db, about, stop) : facts ?? new WebhookFacts();
    }
}
