using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// A new draft like an event, the first same weekday at the same time that is ahead. Registrations and notifications are never copied, and
/// the registration window moves along. Refuses with not_found.
/// </summary>
public sealed class DuplicateEvent(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    private const int DaysInWeek = 7;

    public async Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            var original = await db.Events.AsNoTracking().Include(one => one.ReminderRules)
                .SingleOrDefaultAsync(one => one.Id == eventId, stop);
            var now = clock.GetCurrentInstant();
            if (original is null || await db.Actor(actorId, now, stop) is not { } actor || !original.MayBeEditedBy(actor.Viewer))
                return Refusal.NotFound;

            var site = map.Place(original.SiteId)!.Time;
            var filled = DraftRules.Fill(Later(EventDraft.Of(original, site), site.Local(now)), map, actor.Member.HomeSiteId);
            if (!filled.IsDone)
                return filled.Refusal;
            var copy = filled.Value.NewEvent(actor.Id, now);
            db.Events.Add(copy);
            db.Record(now, actorId, EventActs.Duplicated, copy.Id, $"{original.Id}");
            return (Outcome<Event>)copy;
        }, stop);
    }

    private static EventDraft Later(EventDraft draft, LocalDateTime now)
    {
        var start = draft.Start!.Value;
        var days = DaysInWeek;
        if (start.PlusDays(days) <= now)
            days += (Period.DaysBetween(start.PlusDays(days).Date, now.Date) / DaysInWeek + 1) * DaysInWeek;
        return draft with
        {
            Start = start.PlusDays(days),
            End = draft.End?.PlusDays(days),
            RegistrationOpens = draft.RegistrationOpens?.PlusDays(days),
            RegistrationCloses = draft.RegistrationCloses?.PlusDays(days),
        };
    }
}
