using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Registrations;

/// <summary>An event as its page shows it to one reader.</summary>
/// <param name="Card">The event with its reminder rules, and its seats.</param>
/// <param name="Organisation">The organiser's, which is what strangers are told; null where they belong to none.</param>
/// <param name="Mine">The reader's registration, cancelled ones included; null for a stranger.</param>
/// <param name="MyPlace">1 for the first on the waiting list; null if the reader does not wait.</param>
/// <param name="IsMine">The reader may edit it.</param>
/// <param name="MayReceive">The reader sees who comes, and checks them in.</param>
public sealed record EventView(
    EventSummary Card, PersonName OrganiserName, string? Organisation, Registration? Mine, int? MyPlace, bool IsMine, bool MayReceive)
{
    public Event Event => Card.Event;

    /// <summary>Shown to the confirmed and to who may edit.</summary>
    public string? JoinLink => IsMine || Mine is { Status: RegistrationStatus.Confirmed, IsHeld: false } ? Event.JoinLink : null;
}

/// <summary>An event by its address; null if there is none, or a draft of somebody else.</summary>
public sealed class EventBySlug(HubDbFactory databases, IClock clock)
{
    public async Task<EventView?> Run(string slug, Guid? readerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await View(db, db.Events.Where(evt => evt.Slug == slug), readerId, stop);
    }

    public async Task<EventView?> ById(Guid eventId, Guid? readerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await View(db, db.Events.Where(evt => evt.Id == eventId), readerId, stop);
    }

    private async Task<EventView?> View(HubDb db, IQueryable<Event> events, Guid? readerId, CancellationToken stop)
    {
        if (await EventCards.Of(db, events.Include(evt => evt.ReminderRules), stop) is not [var card])
            return null;
        var reader = readerId is null ? null : await db.Actor(readerId, clock.GetCurrentInstant(), stop);
        if (card.Event.Status == EventStatus.Draft && !card.Event.MayBeEditedBy(reader?.Viewer))
            return null;

        var organiserId = card.Event.OrganiserId;
        var (organisations, memberships) = (db.Organisations, db.Memberships.Home());
        var organiser = await db.Members.Where(member => member.Id == organiserId)
            .Select(member => new
            {
                member.Name,
                Organisation = memberships.Where(one => one.MemberId == member.Id)
                    .Join(organisations, one => one.OrganisationId, of => of.Id, (_, of) => of.Name).SingleOrDefault(),
            })
            .SingleAsync(stop);
        var mine = reader is null ? null : await Mine(db, card.Event.Id, reader.Member, stop);
        var place = mine is null ? null : await Place.Of(db, mine, stop);
        return new EventView(card, organiser.Name, organiser.Organisation, mine, place,
            card.Event.MayBeEditedBy(reader?.Viewer), card.Event.MayBeReceivedBy(reader?.Viewer));
    }

    private static Task<Registration?> Mine(HubDb db, Guid eventId, Member reader, CancellationToken stop)
    {
        var (id, email) = (reader.Id, reader.NormalizedEmail);
        return db.Registrations.AsNoTracking()
            .Where(one => one.EventId == eventId && (one.MemberId == id || (one.MemberId == null && one.NormalizedEmail == email)))
            .OrderBy(one => one.Status == RegistrationStatus.Cancelled ? 1 : 0).ThenBy(one => one.Number)
            .FirstOrDefaultAsync(stop);
    }
}
