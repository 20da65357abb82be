using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>What a member wants to be reminded of, and when.</summary>
/// <param name="All">False: no reminder-class notifications at all.</param>
/// <param name="Bookings">What bookings without a choice of their own follow.</param>
/// <param name="DigestAt">
/// One of <see cref="ChooseReminders.DigestEvenings"/>, or of <see cref="ChooseReminders.DigestMornings"/> on
/// the day itself; null for no digest.
/// </param>
public sealed record ChooseRemindersRequest(
    Guid MemberId, bool All, bool Events, ReminderWish Bookings, LocalTime? DigestAt = null, bool DigestOnTheDay = false);

/// <summary>
/// Sets a member's preferences. Reminders of upcoming bookings that follow them are rescheduled in the same commit; those of
/// events are checked when due. Wanting reminders lifts the member's own complaint or unsubscription. Refuses with
/// reminder_minutes, digest_at and not_found.
/// </summary>
public sealed class ChooseReminders(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>The choices of the form: a quarter of an hour, one, two and four hours, a day, as they pass.</summary>
    public static IReadOnlyList<int> MinutesChoices { get; } = [15, 60, 120, 240, 24 * 60];

    /// <summary>Of the day before.</summary>
    public static IReadOnlyList<LocalTime> DigestEvenings { get; } = [new(16, 0), new(17, 0), new(18, 0), new(19, 0), new(20, 0)];

    /// <summary>Of the day itself.</summary>
    public static IReadOnlyList<LocalTime> DigestMornings { get; } = [new(7, 0), new(8, 0), new(9, 0)];

    public async Task<Outcome<Member>> Run(ChooseRemindersRequest request, CancellationToken stop)
    {
        if (request.Bookings.MinutesBefore is { } minutes && !MinutesChoices.Contains(minutes))
            return BadMinutes;
        if (request.DigestAt is { } at && !(request.DigestOnTheDay ? DigestMornings : DigestEvenings).Contains(at))
            return BadDigest;

        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(db => Choose(db, request, map, clock.GetCurrentInstant(), stop), stop);
    }

    private static async Task<Outcome<Member>> Choose(
        HubDb db, ChooseRemindersRequest request, HubDirectory map, Instant now, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfSubject(request.MemberId)], stop);
        var member = await db.Members.SingleOrDefaultAsync(one => one.Id == request.MemberId, stop);
        if (member is null)
            return Refusal.NotFound;

        await ReminderConsent.Take(db, member, request.All, request.Bookings, map, now, stop);
        member.WantsEventReminders = request.Events;
        (member.DigestAt, member.DigestOnTheDay) = (request.DigestAt, request.DigestAt is not null && request.DigestOnTheDay);
        db.Record(now, member.Id, MemberActs.RemindersChanged, member.Id);
        return member;
    }

    private static Refusal BadMinutes { get; } = new("reminder_minutes", new(
        "Choose one of the times offered for your reminder.", "Wählen Sie eine der angebotenen Zeiten für Ihre Erinnerung.",
        "Wähle eine der angebotenen Zeiten für deine Erinnerung."))
    { Field = "bookingReminder" };

    private static Refusal BadDigest { get; } = new("digest_at", new(
        "Choose one of the times offered for your daily overview.", "Wählen Sie eine der angebotenen Zeiten für Ihre Tagesübersicht.",
        "Wähle eine der angebotenen Zeiten für deine Tagesübersicht."))
    { Field = "digest" };
}
