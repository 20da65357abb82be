using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Reminders;

/// <summary>
/// What the signed link of a reminder is about: one event's reminders, all of a member's, or all that the mail told of in which several
/// reminders left together.
/// </summary>
/// <param name="Members">Of these all reminders, of bookings and events.</param>
/// <param name="Seats">
/// Of these events alone, beside what is all a member's anyway; the soonest first, at most <see cref="SeatsMax"/>.
/// </param>
public sealed record LinkedReminders(IReadOnlyList<Member> Members, IReadOnlyList<LinkedSeat> Seats)
{
    public const int SeatsMax = 1 + BatchReminders.CarriedMax;

    /// <summary>Of the addresses they go to; null where nothing stands against reminders to them.</summary>
    public SuppressionReason? Suppressed { get; init; }

    public bool AreWanted =>
        Suppressed is null && (Members.Any(member => member.WantsReminders) || Seats.Any(seat => seat.Registration.WantsReminders));

    /// <summary>Their reader cannot start them again: the staff of the hub have stopped all reminders to the address.</summary>
    public bool StoppedByStaff => Suppressed == SuppressionReason.ByStaff;

    /// <summary>To which they go, each mailbox once.</summary>
    internal IEnumerable<EmailAddress> Addresses =>
        Members.Select(member => member.Email).Concat(Seats.Select(seat => seat.Registration.Email)).DistinctBy(email => email.Key);

    /// <summary>Null for a wrong signer. Looking changes nothing.</summary>
    public static async Task<LinkedReminders?> Of(HubDb db, TokenSigner signer, string token, CancellationToken stop)
    {
        if (signer.Open(TokenPurpose.Unsubscribe, token) is not { } id)
            return null;
        var (members, seats) = await ToldBy(db, id, stop) ?? ([id], [id]);
        var theirs = await db.Members.AsNoTracking().Where(member => EF.Parameter(members).Contains(member.Id))
            .OrderBy(member => member.Id).ToListAsync(stop);
        var events = db.Events;
        var held = await db.Registrations.AsNoTracking()
            .Where(one => EF.Parameter(seats).Contains(one.Id)
                && !(one.MemberId != null && EF.Parameter(members).Contains(one.MemberId.Value)))
            .Join(events, one => one.EventId, evt => evt.Id, (one, evt) => new { one, evt })
            .OrderBy(row => row.evt.Start).Take(SeatsMax).ToListAsync(stop);
        if (theirs.Count + held.Count == 0)
            return null;
        var linked = new LinkedReminders(theirs, [.. held.Select(row => new LinkedSeat(row.one, row.evt))]);
        return linked with { Suppressed = await Suppression(db, [.. linked.Addresses.Select(email => email.Key)], stop) };
    }

    private static async Task<SuppressionReason?> Suppression(HubDb db, string[] addresses, CancellationToken stop)
    {
        var reasons = await db.Suppressions
            .Where(one => EF.Parameter(addresses).Contains(one.NormalizedEmail) && one.Scope == SuppressionScope.Reminders)
            .Select(one => one.Reason).ToListAsync(stop);
        return reasons.Count == 0 ? null : reasons.Contains(SuppressionReason.ByStaff) ? SuppressionReason.ByStaff : reasons[0];
    }

    /// <summary>Of whom and what the mail told that a notification left in; null for what is no reminder's id.</summary>
    private static async Task<(Guid[] Members, Guid[] Seats)?> ToldBy(HubDb db, Guid notificationId, CancellationToken stop)
    {
        if (await db.Notifications.AsNoTracking().OfReminderClass().SingleOrDefaultAsync(notification => notification.Id == notificationId,
            stop) is not { } carrier)
            return null;
        // By the address, which is the same for all of them and has an index. One that was withdrawn before the mail left was not told of.
        var email = carrier.NormalizedEmail;
        var told = await db.Notifications.AsNoTracking()
            .Where(notification => notification.NormalizedEmail == email && notification.CarriedBy == notificationId
                && notification.State != NotificationState.Cancelled && notification.State != NotificationState.Skipped)
            .ToListAsync(stop);
        told.Add(carrier);
        return ([.. told.Where(one => one.IdOf(Registration.Subject) is null).Select(one => one.MemberId).OfType<Guid>().Distinct()],
            [.. told.Select(one => one.IdOf(Registration.Subject)).OfType<Guid>().Distinct()]);
    }
}

public sealed record LinkedSeat(Registration Registration, Event Event);
