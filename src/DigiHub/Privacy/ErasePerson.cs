using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Bookings.Waiting;
using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Webhooks;

namespace DigiHub.Privacy;

/// <summary>
/// Forgets a person (Art. 17 GDPR): afterwards no byte of their name or address is in the hub's tables. Bookings and events stay with
/// <see cref="Nobody"/>, so that how full the hub was can still be told; seats at events stay under a number; everything else goes.
/// Acts keep an id that leads to nobody.
/// </summary>
public sealed class ErasePerson(UnitOfWork unitOfWork, HubDbFactory databases, CancelRegistration cancelRegistration, IClock clock)
{
    private const int DueAtOnce = 100;

    /// <summary>
    /// Does those that are due. One that an e-mail is just leaving to, or whose account somebody has opened again, is left for later or for
    /// good. Says how many were forgotten.
    /// </summary>
    public async Task<int> RunDue(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await TakeBackOpened(now, stop);
        List<Erasure> due;
        await using (var db = databases.Open())
            due = await db.Erasures.AsNoTracking().Standing().Where(one => one.DueAt <= now).OrderBy(one => one.DueAt)
                .Take(DueAtOnce).ToListAsync(stop);

        var done = 0;
        foreach (var erasure in due)
            done += (await ForgetMember(erasure, stop)).IsDone ? 1 : 0;
        if (done > 0)
            await DropFreed(stop);
        return done;
    }

    /// <summary>Whose account an administrator has opened again is not forgotten when it is closed for another reason later.</summary>
    private Task<Outcome<int>> TakeBackOpened(Instant now, CancellationToken stop) => unitOfWork.Run<int>(async db =>
    {
        var open = db.Members.Where(member => member.DisabledAt == null);
        return await db.Erasures.Standing().Where(one => one.DueAt <= now && open.Any(member => member.Id == one.MemberId))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.TakenBackAt, now), stop);
    }, stop);

    /// <summary>An account, whether due or not; refuses with not_found and busy (an e-mail is just leaving: try again).</summary>
    public async Task<Outcome<bool>> Run(Erasure erasure, CancellationToken stop)
    {
        var forgotten = await ForgetMember(erasure, stop);
        if (forgotten.IsDone)
            await DropFreed(stop);
        return forgotten;
    }

    private async Task<Outcome<bool>> ForgetMember(Erasure erasure, CancellationToken stop)
    {
        PersonKeys? person;
        await using (var db = databases.Open())
        {
            person = await db.Members.Where(one => one.Id == erasure.MemberId)
                .Select(one => new PersonKeys(one.Id, one.NormalizedEmail)).SingleOrDefaultAsync(stop);
        }

        return person is null ? Refusal.NotFound : await Forget(person, erasure.Id, stop);
    }

    /// <summary>An address without an account, at once. Refuses with has_account, not_found and busy.</summary>
    public async Task<Outcome<bool>> RunForGuest(EmailAddress email, CancellationToken stop)
    {
        PersonKeys? person;
        await using (var db = databases.Open())
            person = await db.Person(email, stop);
        if (person is null)
            return Refusal.NotFound;
        if (person.MemberId is not null)
            return HasAccount;
        var forgotten = await Forget(person, erasureId: null, stop);
        if (forgotten.IsDone)
            await DropFreed(stop);
        return forgotten;
    }

    private async Task DropFreed(CancellationToken stop)
    {
        await using var db = databases.Open();
        await db.DropFreed(stop);
    }

    private async Task<Outcome<bool>> Forget(PersonKeys person, Guid? erasureId, CancellationToken stop)
    {
        foreach (var id in await LiveRegistrations(person, stop))
        {
            if (await cancelRegistration.ByHub(id, stop) is { Refusal: { } refusal })
                return refusal;
        }

        return await unitOfWork.Run<bool>(db => Forget(db, person, erasureId, stop), stop);
    }

    private async Task<List<Guid>> LiveRegistrations(PersonKeys person, CancellationToken stop)
    {
        await using var db = databases.Open();
        var (events, now) = (db.Events, clock.GetCurrentInstant());
        return await db.LiveRegistrationsOf(person).Where(one => events.Any(evt => evt.Id == one.EventId && evt.End > now))
            .Select(one => one.Id).ToListAsync(stop);
    }

    private async Task<Outcome<bool>> Forget(HubDb db, PersonKeys person, Guid? erasureId, CancellationToken stop)
    {
        await db.AcquireLocks(person.MemberId is { } locked ? [LockKey.OfSubject(locked), LockKey.OfAccess] : [LockKey.OfAccess], stop);
        var now = clock.GetCurrentInstant();
        var erasure = await Note(db, person, erasureId, now, stop);
        if (erasure is null)
            return Refusal.NotFound;
        if (await db.NotificationsTo(person).AnyAsync(one => one.State == NotificationState.Sending, stop))
            return Refusal.Busy;
        if (await db.ImportsUnderWay.AnyAsync(stop))
            return Refusal.Busy; // its rows name people, and what is left of them is still needed

        if (await db.Members.SingleOrDefaultAsync(one => one.Id == person.Member, stop) is { } member)
        {
            await db.CancelBookingsAhead(member, actorId: null, now, stop);
            await EndEntry.OfMember(db, member.Id, now, stop);
            await db.NeedNobody(now, stop);
            await db.SaveChangesAsync(stop); // what was cancelled has written e-mails, which go below
        }

        await ForgetSeats(db, person, now, stop);
        await ForgetNotifications(db, person, now, stop);
        if (person.MemberId is { } memberId)
            await ForgetAccount(db, memberId, stop);
        db.Record(now, actorId: null, PrivacyActs.Erased, erasure.Id);
        return true;
    }

    /// <summary>Null: it was taken back or done meanwhile, or somebody has opened the account again.</summary>
    private static async Task<Erasure?> Note(HubDb db, PersonKeys person, Guid? erasureId, Instant now, CancellationToken stop)
    {
        if (erasureId is null)
        {
            var guest = new Erasure { Id = Guid.CreateVersion7(now.ToDateTimeOffset()), AskedAt = now, DueAt = now, DoneAt = now };
            db.Erasures.Add(guest);
            return guest;
        }

        var erasure = await db.Erasures.SingleOrDefaultAsync(one => one.Id == erasureId, stop);
        if (erasure is not { IsStanding: true })
            return null;
        if (await db.Members.AnyAsync(one => one.Id == person.Member && one.DisabledAt == null, stop))
            return null;
        erasure.DoneAt = now;
        return erasure;
    }

    private static async Task ForgetSeats(HubDb db, PersonKeys person, Instant now, CancellationToken stop)
    {
        var theirs = db.RegistrationsOf(person);
        await db.AddressChecks.Where(check => theirs.Any(one => one.Id == check.RegistrationId)).ExecuteDeleteAsync(stop);
        foreach (var registration in await theirs.ToListAsync(stop))
            registration.Forget(now);
        await db.SaveChangesAsync(stop);
        await db.Invitations.Where(one => one.NormalizedEmail == person.EmailKey).ExecuteDeleteAsync(stop);
        await db.BookingGuests.Where(one => one.NormalizedEmail == person.EmailKey).ExecuteDeleteAsync(stop);
        // Tables of people are needed for a day, to undo them; rather than look for one person in files, all of them go early.
        await db.Imports.Where(one => (one.Kind == ImportKind.Members || one.Kind == ImportKind.Bookings) && one.File != null)
            .Forget(db, stop);
        await db.MembershipRequests.Where(one => one.MemberId == person.Member).ExecuteDeleteAsync(stop);
        await db.JoinRequests.Where(one => one.NormalizedEmail == person.EmailKey).ExecuteDeleteAsync(stop);
    }

    /// <summary>Those that have not left go; of the others stays that one was sent, and what about.</summary>
    private static async Task ForgetNotifications(HubDb db, PersonKeys person, Instant now, CancellationToken stop)
    {
        var theirs = db.NotificationsTo(person);
        await db.NotificationAttempts.Where(attempt => theirs.Any(one => one.Id == attempt.NotificationId)).ExecuteDeleteAsync(stop);
        await db.InboundRecords.Where(mail => mail.Note != null && theirs.Any(one => one.Id == mail.NotificationId))
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Note, (string?)null), stop);
        await theirs.NotYetLeaving().ExecuteDeleteAsync(stop);
        foreach (var address in await theirs.Select(one => one.NormalizedEmail).Distinct().ToListAsync(stop))
        {
            await theirs.Where(one => one.NormalizedEmail == address).Forget(AnonymiseNotifications.RandomPseudonym(), now, stop);
        }

        await db.BounceRecords.Where(one => one.NormalizedEmail == person.EmailKey).ExecuteDeleteAsync(stop);
        await db.Suppressions.Where(one => one.NormalizedEmail == person.EmailKey).ExecuteDeleteAsync(stop);
    }

    private static async Task ForgetAccount(HubDb db, Guid memberId, CancellationToken stop)
    {
        await db.ForeignRowsOf(db.Bookings.Where(one => one.MemberId == memberId)).ExecuteDeleteAsync(stop);
        var bookings = db.Bookings;
        await db.Approvals.Where(one => one.Reason != null
            && bookings.Any(booking => booking.ApprovalId == one.Id && booking.MemberId == memberId))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Reason, (string?)null), stop);
        await db.Approvals.Where(one => one.DecidedById == memberId).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.DecidedById, (Guid?)null).SetProperty(one => one.Reason, (string?)null), stop);
        await db.ApprovalRequests.Where(one => one.ApproverId == memberId).ExecuteDeleteAsync(stop);
        await db.SpaceApprovers.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.Delegations.Where(one => one.MemberId == memberId || one.DelegateId == memberId).ExecuteDeleteAsync(stop);
        await db.Bookings.Where(one => one.MemberId == memberId).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.MemberId, Nobody.Id).SetProperty(one => one.Title, (string?)null), stop);
        await db.Bookings.Where(one => one.BookedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.BookedById, Nobody.Id), stop);
        await db.BookingSeries.Where(one => one.MemberId == memberId).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.MemberId, Nobody.Id).SetProperty(one => one.Title, (string?)null), stop);
        await db.BookingSeries.Where(one => one.BookedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.BookedById, Nobody.Id), stop);
        await db.WaitingEntries.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop); // and what was offered
        await db.WaitingEntries.Where(one => one.CreatedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CreatedById, Nobody.Id), stop);
        await db.BookingProposals.Where(one => one.FromMemberId == memberId || one.ToMemberId == memberId).ExecuteDeleteAsync(stop);
        await db.BookingProposals.Where(one => one.AskedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.AskedById, Nobody.Id), stop);
        await db.Events.Where(one => one.OrganiserId == memberId && one.Status == EventStatus.Draft).ExecuteDeleteAsync(stop);
        await db.Events.Where(one => one.OrganiserId == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.OrganiserId, Nobody.Id), stop);
        await db.Registrations.Where(one => one.CheckedInById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckedInById, (Guid?)null), stop);
        await db.Invitations.Where(one => one.InvitedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.InvitedById, (Guid?)null), stop);
        await db.Devices.Where(one => one.PairedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.PairedById, (Guid?)null), stop);
        await db.RoleGrants.Where(one => one.GrantedById == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.GrantedById, (Guid?)null), stop);
        await db.RoleGrants.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.Memberships.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.Sessions.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.AccessTokens.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.SignInLinks.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.AddressChanges.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.KeptForms.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.IdempotencyRecords.Where(one => one.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.WebhookEndpoints.Where(one => one.OwnerId == memberId).ExecuteDeleteAsync(stop);
        await db.Members.Where(one => one.Id == memberId).ExecuteDeleteAsync(stop);
    }

    private static Refusal HasAccount { get; } = new("has_account", new(
        "This address has an account. It is deleted seven days after that was asked for, or at once with --now.",
        "Diese Adresse hat ein Konto. Es wird sieben Tage nach dem Antrag gelöscht, mit --now sofort."));
}
