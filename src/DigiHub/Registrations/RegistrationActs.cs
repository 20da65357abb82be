using DigiHub.Activity;

namespace DigiHub.Registrations;

/// <summary>What is done to registrations.</summary>
public static class RegistrationActs
{
    public static readonly Act<Guid> Created = Registration.Subject.Act("created");
    public static readonly Act<Guid> Confirmed = Registration.Subject.Act("confirmed");
    public static readonly Act<Guid> Lapsed = Registration.Subject.Act("lapsed");
    public static readonly Act<Guid> Cancelled = Registration.Subject.Act("cancelled");
    public static readonly Act<Guid> Reinstated = Registration.Subject.Act("reinstated");
    public static readonly Act<Guid> Promoted = Registration.Subject.Act("promoted");
    public static readonly Act<Guid> CheckedIn = Registration.Subject.Act("checked_in");
    public static readonly Act<Guid> CheckInUndone = Registration.Subject.Act("check_in_undone");
    public static readonly Act<Guid> AddressChangeRequested = Registration.Subject.Act("address_change_requested");
    public static readonly Act<Guid> AddressConfirmed = Registration.Subject.Act("address_confirmed");
    public static readonly Act<Guid> RemindersChanged = Registration.Subject.Act("reminders_changed");
    public static readonly Act<Guid> RemindersStopped = Registration.Subject.Act("reminders_stopped");
    public static readonly Act<Guid> RemindersResumed = Registration.Subject.Act("reminders_resumed");
}
