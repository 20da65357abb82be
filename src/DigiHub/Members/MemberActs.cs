using DigiHub.Activity;

namespace DigiHub.Members;

/// <summary>What is done to members and their accounts.</summary>
public static class MemberActs
{
    public static readonly Act<Guid> Added = Member.Subject.Act("added");
    public static readonly Act<Guid> Removed = Member.Subject.Act("removed");
    public static readonly Act<Guid> Edited = Member.Subject.Act("edited");
    public static readonly Act<Guid> PasswordChanged = Member.Subject.Act("password_changed");
    public static readonly Act<Guid> AddressChangeRequested = Member.Subject.Act("address_change_requested");
    public static readonly Act<Guid> AddressChanged = Member.Subject.Act("address_changed");
    public static readonly Act<Guid> SignedInByLink = Member.Subject.Act("signed_in_by_link");
    public static readonly Act<Guid> SignInLinkCreated = Member.Subject.Act("sign_in_link_created");
    public static readonly Act<Guid> CalendarAlarmChanged = Member.Subject.Act("calendar_alarm_changed");
    public static readonly Act<Guid> RemindersChanged = Member.Subject.Act("reminders_changed");
    public static readonly Act<Guid> RemindersStopped = Member.Subject.Act("reminders_stopped");
    public static readonly Act<Guid> RemindersResumed = Member.Subject.Act("reminders_resumed");
    public static readonly Act<Guid> Disabled = Member.Subject.Act("disabled");
    public static readonly Act<Guid> Enabled = Member.Subject.Act("enabled");
    public static readonly Act<Guid> RolesGranted = Member.Subject.Act("roles_granted");
    public static readonly Act<Guid> RolesRevoked = Member.Subject.Act("roles_revoked");
    public static readonly Act<Guid> SessionsEnded = Member.Subject.Act("sessions_ended");
}
