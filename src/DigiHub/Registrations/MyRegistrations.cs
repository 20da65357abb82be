using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;

namespace DigiHub.Registrations;

/// <summary>A registration with its event, as its owner sees it.</summary>
/// <param name="Place">1 for the first on the waiting list; null unless waiting.</param>
public sealed record HeldRegistration(Registration Registration, Event Event, int? Place)
{
    /// <summary>Notifications do not reach them (<see cref="UndeliverableAttendees"/>). Said where one registration is looked at.</summary>
    public bool IsUndeliverable { get; init; }

    /// <summary>Shown to the confirmed only.</summary>
    public string? JoinLink => Registration is { Status: RegistrationStatus.Confirmed, IsHeld: false } ? Event.JoinLink : null;

    public bool CanCancel(Instant now) => Registration.IsLive && Event.Status == EventStatus.Published && now < Event.End;

    /// <summary>Within the undo window of a cancelling.</summary>
    public bool CanReinstate(Instant now) => Event.Status == EventStatus.Published
        && Registration is { IsLive: false, CancelledAt: { } cancelled } && now <= cancelled + CancelRegistration.UndoWindow;
}

/// <summary>
/// A member's registrations: what is not over first, soonest first, then the past, latest first; at most 200. Those
/// made as a guest with the member's address are among them.
/// </summary>
public sealed class MyRegistrations(HubDbFactory databases, IClock clock)
{
    public const int CountMax = 200;

    public async Task<IReadOnlyList<HeldRegistration>> Run(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var events = db.Events;
        var all = db.Registrations;
        if (await Theirs(db, memberId, stop) is not { } theirs)
            return [];
        var found = await theirs.AsNoTracking()
            .Join(events, one => one.EventId, evt => evt.Id, (one, evt) => new { Registration = one, Event = evt })
            .OrderByDescending(held => held.Event.Start)
            .Select(held => new
            {
                held.Registration,
                held.Event,
                Place = all.Count(one => one.EventId == held.Event.Id
                    && one.Status == RegistrationStatus.Waiting && one.Number <= held.Registration.Number),
            })
            .Take(CountMax).ToListAsync(stop);

        var (ahead, past) = (found.Where(held => held.Event.End > now).Reverse(), found.Where(held => held.Event.End <= now));
        return [.. ahead.Concat(past).Select(held => new HeldRegistration(
            held.Registration, held.Event, held.Registration.Status == RegistrationStatus.Waiting ? held.Place : null))];
    }

    /// <summary>One of them; null if it is not theirs.</summary>
    public async Task<HeldRegistration?> One(Guid registrationId, Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await Theirs(db, memberId, stop) is not { } theirs)
            return null;
        return await theirs.AnyAsync(one => one.Id == registrationId, stop) ? await Held(db, registrationId, stop) : null;
    }

    internal static async Task<HeldRegistration?> Held(HubDb db, Guid registrationId, CancellationToken stop)
    {
        var registration = await db.Registrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == registrationId, stop);
        if (registration is null)
            return null;
        var eventId = registration.EventId;
        var evt = await db.Events.AsNoTracking().Include(one => one.ReminderRules).SingleAsync(one => one.Id == eventId, stop);
        return new HeldRegistration(registration, evt, await Place.Of(db, registration, stop))
        {
            IsUndeliverable = await db.UndeliverableRegistrations().AnyAsync(one => one.Id == registrationId, stop),
        };
    }

    private static async Task<IQueryable<Registration>?> Theirs(HubDb db, Guid memberId, CancellationToken stop)
    {
        var email = await db.Members.Where(member => member.Id == memberId)
            .Select(member => member.NormalizedEmail).SingleOrDefaultAsync(stop);
        return email is null
            ? null
            : db.Registrations.Where(one => one.MemberId == memberId || (one.MemberId == null && one.NormalizedEmail == email));
    }
}
