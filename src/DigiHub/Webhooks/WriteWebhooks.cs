using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Webhooks;

/// <summary>
/// Turns acts of the audit trail into deliveries, in the act's own commit: every act of the house stands there once, so nothing is told that
/// was not done, and nothing done is forgotten. Where nobody listens it costs one small question every five seconds: the very first
/// endpoint may miss the acts of its first five seconds.
/// </summary>
internal sealed class WriteWebhooks(WebhookText text, WebhookOptions manners, WebhookMeter meter, IClock clock) : IBeforeCommit
{
    private static readonly Duration knownFor = Duration.FromSeconds(5);

    private long nobodySince = long.MinValue; // in ticks, so that it is read whole

    public async Task Look(HubDb db, CancellationToken stop)
    {
        if (db.ChangeTracker.Entries<WebhookEndpoint>().Any())
            Volatile.Write(ref nobodySince, long.MinValue);
        var acts = db.ChangeTracker.Entries<AuditEntry>().Select(entry => entry.Entity).Where(entry => WebhookType.OfAct(entry.Act) is not null).ToList();
        var now = clock.GetCurrentInstant().ToUnixTimeTicks();
        if (acts.Count == 0 || Volatile.Read(ref nobodySince) is var since && since != long.MinValue && since <= now && now - since < knownFor.BclCompatibleTicks)
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
            var type = WebhookType.OfAct(act.Act)!;
            var facts = await About(db, type, act, stop);
            foreach (var (endpoint, owner) in listening.Where(one => one.Endpoint.Types.Contains($" {type} ", StringComparison.Ordinal)))
            {
                if (!owner.IsOneOf(Roles.Administrator) && !(facts.Event is { } evt && evt.OrganiserId == owner.Id && owner.IsOneOf(Roles.Organiser)))
                    continue;
                if (!room.TryGetValue(endpoint.Id, out var left))
                    left = await RoomFor(db, endpoint, stop);
                room[endpoint.Id] = left - 1;
                if (left <= 0)
                    meter.Dropped();
                else
                    Write(db, endpoint, type, text.Body(endpoint.Shape, owner.Language, type, facts), act.At);
            }
        }
    }

    // Counted in an index that knows only what waits: hardly anything, as a rule, and never more than the bound.
    private async Task<int> RoomFor(HubDb db, WebhookEndpoint endpoint, CancellationToken stop) =>
        manners.WaitingMax - await db.WebhookDeliveries.NotYetThere().Where(one => one.EndpointId == endpoint.Id).Take(manners.WaitingMax).CountAsync(stop);

    internal static WebhookDelivery Write(HubDb db, WebhookEndpoint endpoint, string type, string body, Instant at)
    {
        var delivery = new WebhookDelivery
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            EndpointId = endpoint.Id,
            Type = type,
            Body = body,
            At = at,
            NextAttemptAt = at,
        };
        db.WebhookDeliveries.Add(delivery);
        db.LeavesWork = true;
        return delivery;
    }

    private static async Task<List<(WebhookEndpoint Endpoint, Member Owner)>> Listening(HubDb db, CancellationToken stop)
    {
        var members = db.Members;
        var found = await db.WebhookEndpoints.AsNoTracking().Where(endpoint => endpoint.StoppedAt == null)
            .Join(members, endpoint => endpoint.OwnerId, member => member.Id, (endpoint, member) => new { endpoint, member })
            .Where(one => one.member.DisabledAt == null).AsNoTracking().ToListAsync(stop);
        return [.. found.Select(one => (one.endpoint, one.member))];
    }

    /// <summary>As they stand in this very commit: what the work has changed is found before what the database still says.</summary>
    private static async Task<WebhookFacts> About(HubDb db, string type, AuditEntry act, CancellationToken stop)
    {
        var id = act.SubjectId ?? throw new InvalidOperationException($"Nobody can be told of {act.Act}: its subject has no id.");
        switch (type[..type.IndexOf('.', StringComparison.Ordinal)])
        {
            case "event":
                return new WebhookFacts(id, act.At) { Event = await db.Events.FindAsync([id], stop) };
            case "registration":
                var registration = await db.Registrations.FindAsync([id], stop);
                return new WebhookFacts(id, act.At) { Event = registration is null ? null : await db.Events.FindAsync([registration.EventId], stop) };
            case "email":
                var notification = await db.Notifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
                return new WebhookFacts(id, act.At) { Event = notification is not null && await db.EventOf(notification, stop) is { } eventId ? await db.Events.FindAsync([eventId], stop) : null };
            default:
                var booking = await db.Bookings.FindAsync([id], stop);
                return new WebhookFacts(id, act.At) { Booking = booking, Space = booking is null ? null : await db.Spaces.FindAsync([booking.SpaceId], stop) };
        }
    }
}
