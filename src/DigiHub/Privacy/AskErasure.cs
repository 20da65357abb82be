using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Privacy;

/// <summary>What is still ahead of somebody, and would be cancelled.</summary>
/// <param name="WhyNot">Why they cannot be forgotten yet; null where they can.</param>
public sealed record ErasurePreview(
    IReadOnlyList<Booking> Bookings, IReadOnlyList<Event> Registered, IReadOnlyList<Event> Organised, Refusal? WhyNot);

/// <summary>
/// Asks that a member be forgotten. At once everything ahead is cancelled with the usual e-mails, and the account is closed: sessions,
/// tokens and the calendar link end. For <see cref="Erasure.Grace"/> it can be taken back by the link of an e-mail; then
/// <see cref="ErasePerson"/> does it.
/// </summary>
public sealed class AskErasure(UnitOfWork unitOfWork, HubDbFactory databases, CancelRegistration cancelRegistration, IClock clock)
{
    public const int ShownMax = 200;

    /// <summary>Null: no such member.</summary>
    public async Task<ErasurePreview?> Look(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        if (await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member)
            return null;
        var live = db.LiveRegistrationsOf(new PersonKeys(memberId, member.NormalizedEmail));
        return new ErasurePreview(
            await db.BookingsAheadOf(memberId, now).AsNoTracking().Take(ShownMax).ToListAsync(stop),
            await db.Events.AsNoTracking().Where(evt => evt.End > now && live.Any(one => one.EventId == evt.Id))
                .OrderBy(evt => evt.Start).Take(ShownMax).ToListAsync(stop),
            await db.OrganisedAheadBy(memberId, now).AsNoTracking().OrderBy(evt => evt.Start).Take(ShownMax).ToListAsync(stop),
            await WhyNot(db, member, now, stop));
    }

    /// <summary>One that can still be taken back, of an account that nobody has opened again; null for none.</summary>
    public async Task<Erasure?> StandingOf(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Members.AnyAsync(one => one.Id == memberId && one.DisabledAt == null, stop) ? null
            : await db.Erasures.AsNoTracking().Standing().SingleOrDefaultAsync(one => one.MemberId == memberId, stop);
    }

    /// <summary>
    /// Refuses with not_found, last_administrator and organises_ahead. Asking twice is no refusal.
    /// </summary>
    /// <param name="actorId">The member, or who manages members and was asked to; null: the operator.</param>
    public async Task<Outcome<Erasure>> Run(Guid memberId, Guid? actorId, CancellationToken stop)
    {
        var asked = await Ask(memberId, actorId, stop);
        if (asked.IsDone)
            await CancelRegistrations(memberId, stop);
        return asked;
    }

    private Task<Outcome<Erasure>> Ask(Guid memberId, Guid? actorId, CancellationToken stop) => unitOfWork.Run<Erasure>(async db =>
    {
        await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
        var now = clock.GetCurrentInstant();
        var found = await db.ForAccess(
            memberId, actorId, viewer => viewer.MemberId == memberId || MemberAccess.ManagesMembers(viewer), now, stop);
        if (!found.IsDone)
            return found.Refusal;
        var member = found.Value;
        if (memberId == Nobody.Id)
            return Refusal.NotFound;
        if (await db.Erasures.Standing().SingleOrDefaultAsync(one => one.MemberId == memberId, stop) is { } standing)
        {
            if (member.DisabledAt is not null)
                return standing;
            standing.TakenBackAt = now; // an administrator has opened the account again
        }

        if (await WhyNot(db, member, now, stop) is { } whyNot)
            return whyNot;

        await db.CancelBookingsAhead(member, actorId, now, stop);
        member.DisabledAt ??= now;
        await db.SignOutEverywhere(member, now, stop);
        await db.AccessTokens.Where(token => token.MemberId == memberId && token.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, now), stop);
        var erasure = new Erasure
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            MemberId = memberId,
            AskedAt = now,
            DueAt = now + Erasure.Grace,
        };
        db.Erasures.Add(erasure);
        db.Record(now, actorId, PrivacyActs.ErasureAsked, erasure.Id, onBehalfOf: memberId);
        db.Write(Notification.To(Recipient.Of(member), PrivacyNotifications.ErasureAsked, Erasure.Subject.Of(erasure.Id), now,
            notAfter: erasure.DueAt));
        return erasure;
    }, stop);

    /// <summary>
    /// Each in a transaction of its own, as each may let others move up. What a process that dies leaves is cancelled when it is due.
    /// </summary>
    private async Task CancelRegistrations(Guid memberId, CancellationToken stop)
    {
        List<Guid> live;
        await using (var db = databases.Open())
        {
            var (events, now) = (db.Events, clock.GetCurrentInstant());
            var key = await db.Members.Where(one => one.Id == memberId).Select(one => one.NormalizedEmail).SingleAsync(stop);
            live = await db.LiveRegistrationsOf(new PersonKeys(memberId, key))
                .Where(one => events.Any(evt => evt.Id == one.EventId && evt.End > now)).Select(one => one.Id).ToListAsync(stop);
        }

        foreach (var id in live)
            await cancelRegistration.ByHub(id, stop);
    }

    private static async Task<Refusal?> WhyNot(HubDb db, Member member, Instant now, CancellationToken stop)
    {
        if (await db.IsLastAdministrator(member, stop))
            return LastAdministrator;
        if (await db.IsLastAdministratorOfAnOrganisation(member.Id, stop))
            return LastAdministratorOfAnOrganisation;
        return await db.OrganisedAheadBy(member.Id, now).AnyAsync(stop) ? OrganisesAhead : null;
    }

    private static Refusal LastAdministrator { get; } = new("last_administrator", new(
        "You’re the last administrator who can sign in. Give someone else the role first.",
        "Sie sind die letzte Person mit Verwaltungsrechten, die sich anmelden kann. Geben Sie die Rolle zuerst jemand anderem.",
        "Du bist die letzte Person mit Verwaltungsrechten, die sich anmelden kann. Gib die Rolle zuerst jemand anderem."));

    private static Refusal LastAdministratorOfAnOrganisation { get; } = new("last_administrator", new(
        "Your organisation has no other administrator who can sign in. Make somebody else administrator of it first.",
        "Ihre Organisation hat sonst niemanden mit Verwaltungsrechten, der sich anmelden kann. "
            + "Geben Sie diese Rolle zuerst jemand anderem.",
        "Deine Organisation hat sonst niemanden mit Verwaltungsrechten, der sich anmelden kann. Gib diese Rolle zuerst jemand anderem."));

    private static Refusal OrganisesAhead { get; } = new("organises_ahead", new(
        "Events you organise are still ahead. Cancel them first, so that those who registered hear of it.",
        "Es stehen noch Veranstaltungen an, die Sie ausrichten. Sagen Sie sie zuerst ab, damit die Angemeldeten davon erfahren.",
        "Es stehen noch Veranstaltungen an, die du ausrichtest. Sag sie zuerst ab, damit die Angemeldeten davon erfahren."));
}

internal static class AheadOfPerson
{
    extension(HubDb db)
    {
        public IQueryable<Event> OrganisedAheadBy(Guid memberId, Instant now) => db.Events
            .Where(evt => evt.OrganiserId == memberId && evt.Status == EventStatus.Published && evt.End > now);

        public IQueryable<Registration> LiveRegistrationsOf(PersonKeys person) => db.RegistrationsOf(person)
            .Where(one => one.Status == RegistrationStatus.Confirmed || one.Status == RegistrationStatus.Waiting);
    }
}
