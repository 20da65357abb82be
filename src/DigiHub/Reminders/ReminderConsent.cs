using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>
/// Applies a member's choice to get reminders or none: the same in the account, by the link of a notification and in the
/// preferences behind it. Under the member's lock.
/// </summary>
internal static class ReminderConsent
{
    /// <summary>
    /// Reschedules or withdraws reminders of upcoming bookings; those of events are checked when due. Wanting reminders
    /// lifts the member's own complaint or unsubscription.
    /// </summary>
    /// <param name="bookings">What bookings without a choice of their own follow from now on.</param>
    public static async Task Take(
        HubDb db, Member member, bool wanted, ReminderWish bookings, HubDirectory map, Instant now, CancellationToken stop)
    {
        var hasChanged = member.BookingReminders != bookings || member.WantsReminders != wanted;
        member.WantsReminders = wanted;
        (member.BookingReminderMinutesBefore, member.BookingReminderDayBeforeAt) = bookings;
        if (hasChanged)
            await BookingEmails.RescheduleUsualReminders(db, member, map, now, stop);
        if (wanted)
            await db.LiftOwnWord(member.Email, stop);
    }
}
