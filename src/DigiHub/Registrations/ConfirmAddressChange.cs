using System.Security.Cryptography;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <param name="IsOpen">It can still be confirmed.</param>
public sealed record AskedAddressChange(AddressChange Change, bool IsOpen);

/// <summary>
/// Gives an account the new address once its link is confirmed. In one commit: their seats and the notifications still to
/// come move along, unsubscriptions stay, every session and sign-in link ends, and the old address is notified.
/// Doing it twice is the same as once. Refuses with not_found, link_over and address_taken.
/// </summary>
public sealed class ConfirmAddressChange(UnitOfWork unitOfWork, HubDbFactory databases, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>Of one member to come; nobody has more.</summary>
    private const int SeatsMax = 500;

    public static Refusal LinkOver { get; } = new("link_over", new(
        "This link was already used or has expired: it works for one hour. Enter the address in your account again.",
        "Dieser Link wurde schon genutzt oder ist abgelaufen: Er gilt eine Stunde. Geben Sie die Adresse in Ihrem Konto noch einmal ein.",
        "Dieser Link wurde schon genutzt oder ist abgelaufen: Er gilt eine Stunde. Gib die Adresse in deinem Konto noch einmal ein."));

    // Shown only to the reader of that address.
    public static Refusal Taken { get; } = new("address_taken", new(
        "An account with this address already exists. Nothing was changed.",
        "Mit dieser Adresse gibt es bereits ein Konto. Es wurde nichts geändert."));

    /// <summary>Null for a wrong token. Looking changes nothing.</summary>
    public async Task<AskedAddressChange?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.ChangeAddress, token) is not { } changeId)
            return null;
        await using var db = databases.Open();
        if (await db.AddressChanges.AsNoTracking().SingleOrDefaultAsync(one => one.Id == changeId, stop) is not { } change)
            return null;
        var member = await db.Members.AsNoTracking().SingleAsync(one => one.Id == change.MemberId, stop);
        return new(change, change.IsOpen(member, clock.GetCurrentInstant()));
    }

    /// <summary>The member with their new address.</summary>
    public async Task<Outcome<Member>> Run(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.ChangeAddress, token) is not { } changeId)
            return Refusal.NotFound;
        try
        {
            return await unitOfWork.Run<Member>(db => Run(db, changeId, stop), stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            return Taken; // lost a race
        }
    }

    private async Task<Outcome<Member>> Run(HubDb db, Guid changeId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (await db.AddressChanges.AsNoTracking().SingleOrDefaultAsync(one => one.Id == changeId, stop) is not { } asked)
            return Refusal.NotFound;
        var memberId = asked.MemberId;
        await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
        var change = await db.AddressChanges.SingleAsync(one => one.Id == changeId, stop);
        var member = await db.Members.SingleAsync(one => one.Id == memberId, stop);
        if (change.ConfirmedAt is not null && member.Email == change.Email)
            return member;
        if (!change.IsOpen(member, now))
            return LinkOver;
        var (email, normalized) = (change.Email, change.Email.Key);
        if (await db.Members.AnyAsync(other => other.NormalizedEmail == normalized && other.Id != memberId, stop))
            return Taken;

        var old = (member.Email, member.NormalizedEmail);
        member.Email = email;
        member.SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        change.ConfirmedAt = now;
        await db.Sessions.Where(session => session.MemberId == memberId).ExecuteDeleteAsync(stop);
        await db.SignInLinks.Where(link => link.MemberId == memberId && link.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(link => link.UsedAt, now), stop);
        await MoveAlong(db, memberId, old.NormalizedEmail, email, now, stop);
        await db.LiftBounces(email, stop);
        if (await db.Suppressions.AsNoTracking().SingleOrDefaultAsync(
            one => one.NormalizedEmail == old.NormalizedEmail && one.Scope == SuppressionScope.Reminders, stop) is { } unwanted)
            await db.Suppress(email, SuppressionScope.Reminders, unwanted.Reason, now, diagnostic: null, stop);
        db.Write(Notice(change, member, old.Email, now));
        db.Record(now, memberId, MemberActs.AddressChanged, memberId);
        return member;
    }

    /// <summary>
    /// Seats of events that are not over, but where the new address has one of its own; and all notifications about the member.
    /// </summary>
    private static async Task MoveAlong(
        HubDb db, Guid memberId, string oldNormalized, EmailAddress email, Instant now, CancellationToken stop)
    {
        var (normalized, events, registrations) = (email.Key, db.Events, db.Registrations);
        var theirs = registrations.Where(one => one.NormalizedEmail == oldNormalized && (one.MemberId == memberId || one.MemberId == null)
            && events.Any(evt => evt.Id == one.EventId && evt.End > now));
        var held = await theirs.OrderBy(one => one.Id).Select(one => one.EventId).Take(SeatsMax).ToListAsync(stop);
        await db.AcquireLocks(held.Select(LockKey.OfEvent), stop); // all at once, for they must be taken in their order
        var seats = await theirs
            .Where(one => !registrations.Any(other => other.EventId == one.EventId
                && other.Id != one.Id && other.NormalizedEmail == normalized))
            .OrderBy(one => one.Id).Take(SeatsMax).ToListAsync(stop);
        foreach (var seat in seats)
            seat.Correct(email);
        Guid[] moved = [.. seats.Select(seat => seat.Id)];
        await RedirectNotifications.Run(db, db.Notifications.Where(notification => notification.NormalizedEmail == oldNormalized
            && (notification.SubjectKind == Registration.Subject.Name
                ? EF.Parameter(moved).Contains(notification.SubjectId)
                : notification.MemberId == memberId)
            && notification.Type != MemberNotifications.SignInLink
            && notification.Type != RegistrationNotifications.AddressToConfirm), email, stop);
    }

    private static Notification Notice(AddressChange change, Member member, EmailAddress oldEmail, Instant now) => Notification.To(
        Recipient.Of(member) with { Email = oldEmail }, MemberNotifications.AddressChanged, AddressChange.Subject.Of(change.Id), now);
}
