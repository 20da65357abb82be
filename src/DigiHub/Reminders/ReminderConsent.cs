using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>
/// How it takes effect that a member wants reminders, or wants none: the same in the account, by the link of a notification and in the
/// preferences behind it. Under the member's lock.
/// </summary>
internal static class ReminderConsent
{
    /// <summary>
    /// Upcoming bookings are reminded of anew, or no more; what is planned of events is asked again when it is due. Whoever wants reminders
    /// takes back their own complaint or unsubscribing.
    /// </summary>
    /// <param name="bookings">What bookings without a choice of their own follow from now on.</param>
    public static async Task Take(HubDb db, Member member, bool wanted, ReminderWish bookings, HubDirectory map, Instant now, CancellationToken stop)
    {
        var anew = member.BookingReminders != bookings || member.WantsReminders != wanted;
        member.WantsReminders = wanted;
        (member.BookingReminderMinutesBefore, member.BookingReminderDayBeforeAt) = bookings;
        if (anew)
            await BookingEmails.RescheduleUsualReminders(db, member, map, now, stop);
        if (wanted)
            await db.LiftOwnWord(member.Email, stop);
    }
}
