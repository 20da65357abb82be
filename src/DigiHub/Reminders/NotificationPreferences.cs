using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>What somebody gets besides the notifications about their own acts, which always come.</summary>
/// <param name="All">False: no reminder-class notifications at all; what stands below then counts for nothing.</param>
/// <param name="Member">Null for a guest, who has no choices but All and Events.</param>
/// <param name="Events">
/// Those to come, soonest first; by the link of one registration that one alone, by that of a guest's mail those it told of.
/// </param>
public sealed record PreferencesOfLink(bool All, PreferencesOfMember? Member, IReadOnlyList<PreferenceOfEvent> Events)
{
    /// <summary>All cannot be chosen: the staff of the hub have stopped all reminders to the address.</summary>
    public bool StoppedByStaff { get; init; }
}

/// <param name="EventReminders">Of all events.</param>
/// <param name="Digest">Null for who has asked for none.</param>
public sealed record PreferencesOfMember(bool EventReminders, bool? Digest);

public sealed record PreferenceOfEvent(Guid RegistrationId, Event Event, bool Wanted);

/// <param name="Shown">The registrations asked about: others stay as they are, though more have come since the page was opened.</param>
public sealed record ChoosePreferences(bool All, bool EventReminders, bool Digest, IReadOnlySet<Guid> Shown, IReadOnlySet<Guid> Wanted);

/// <summary>
/// Preferences by the signed link of a reminder, without signing in: of a registration (its event, and the hub), of a member (all
/// of theirs), or of what one mail told of. Looking changes nothing.
/// </summary>
public sealed class NotificationPreferences(
    HubDbFactory databases, UnitOfWork unitOfWork, Catalogue catalogue,
    HubTokenSigner tokenSigner, StopReminders stopReminders, IClock clock)
{
    public const int EventsMax = 50;

    /// <param name="RegistrationIds">Empty: all of the member's.</param>
    private sealed record Owner(EmailAddress Email, Guid? MemberId, IReadOnlyList<Guid> RegistrationIds);

    /// <summary>Null for a wrong token.</summary>
    public async Task<PreferencesOfLink?> Look(string token, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Of(db, token, stop) is { } owner ? await Look(db, owner, stop) : null;
    }

    /// <summary>Refuses with not_found for a wrong token.</summary>
    public async Task<Refusal?> Choose(string token, ChoosePreferences choice, CancellationToken stop)
    {
        Owner? owner;
        PreferencesOfLink known;
        await using (var db = databases.Open())
        {
            owner = await Of(db, token, stop);
            if (owner is null)
                return Refusal.NotFound;
            known = await Look(db, owner, stop);
        }

        var map = await catalogue.Map(stop);
        var whole = await unitOfWork.Run<bool>(db => Choose(db, map, owner, choice, stop), stop);
        if (!whole.IsDone)
            return whole.Refusal;
        foreach (var one in known.Events.Where(one => choice.Shown.Contains(one.RegistrationId)))
        {
            if ((await stopReminders.OfRegistration(one.RegistrationId, choice.Wanted.Contains(one.RegistrationId), stop)).Refusal
                is { } refusal)
                return refusal;
        }

        return null;
    }

    private async Task<Owner?> Of(HubDb db, string token, CancellationToken stop)
    {
        if (await LinkedReminders.Of(db, await tokenSigner.Get(stop), token, stop) is not { } linked)
            return null;
        if (linked.Members is [var member, ..])
            return member.DisabledAt is null ? new(member.Email, member.Id, []) : null;
        var first = linked.Seats[0].Registration;
        return new(first.Email, first.MemberId, [.. linked.Seats.Select(seat => seat.Registration.Id)]);
    }

    private async Task<PreferencesOfLink> Look(HubDb db, Owner owner, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (memberId, events) = (owner.MemberId, db.Events);
        Guid[] registrations = [.. owner.RegistrationIds];
        var member = memberId is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        var suppressed = await db.WhyNoReminders(owner.Email, stop);
        var theirs = await db.Registrations.AsNoTracking()
            .Where(one => registrations.Length > 0 ? EF.Parameter(registrations).Contains(one.Id) : one.MemberId == memberId)
            .Where(one => one.Status != RegistrationStatus.Cancelled)
            .Join(events.Where(evt => evt.Status == EventStatus.Published && evt.Start > now),
                one => one.EventId, evt => evt.Id, (one, evt) => new { one, evt })
            .OrderBy(row => row.evt.Start).Take(EventsMax).ToListAsync(stop);
        return new(
            suppressed is null && member?.WantsReminders != false,
            member is null ? null : new(member.WantsEventReminders, member.DigestAt is null ? null : true),
            [.. theirs.Select(row => new PreferenceOfEvent(row.one.Id, row.evt, row.one.WantsReminders))])
        {
            StoppedByStaff = suppressed == SuppressionReason.ByStaff,
        };
    }

    private async Task<Outcome<bool>> Choose(HubDb db, HubDirectory map, Owner owner, ChoosePreferences choice, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (owner.MemberId is { } id)
            await db.AcquireLocks([LockKey.OfSubject(id)], stop);
        if (owner.MemberId is { } memberId && await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is { } member)
        {
            await ReminderConsent.Take(db, member, choice.All, member.BookingReminders, map, now, stop);
            member.WantsEventReminders = choice.EventReminders;
            if (!choice.Digest)
                (member.DigestAt, member.DigestOnTheDay) = (null, false);
        }
        else if (!choice.All)
        {
            await db.Suppress(owner.Email, SuppressionScope.Reminders, SuppressionReason.Unsubscribed, now, diagnostic: null, stop);
        }

        if (choice.All)
            await db.LiftOwnWord(owner.Email, stop);
        if (owner.RegistrationIds is [var registrationId, ..])
            db.Record(now, actorId: null, RegistrationActs.RemindersChanged, registrationId);
        else
            db.Record(now, actorId: null, MemberActs.RemindersChanged, owner.MemberId!.Value);
        return true;
    }
}
