namespace DigiHub.Activity;

/// <summary>
/// Everything the audit trail can tell, by name: thing.verb. The thing is what the subject's id is an id of, so an act is declared with the
/// type of that id and cannot be recorded without one. A name that is not here does not compile.
/// </summary>
public abstract record Act(string Name)
{
    public static readonly Act<Guid> BookingMade = Id("booking.made");
    public static readonly Act<Guid> BookingMoved = Id("booking.moved");
    public static readonly Act<Guid> BookingEdited = Id("booking.edited");
    public static readonly Act<Guid> BookingEnded = Id("booking.ended");
    public static readonly Act<Guid> BookingCancelled = Id("booking.cancelled");
    public static readonly Act<Guid> BookingTimesKept = Id("booking.times_kept");
    public static readonly Act<Guid> BookingLostItsSpace = Id("booking.lost_its_space");
    public static readonly Act<Guid> BookingReinstated = Id("booking.reinstated");

    public static readonly Act<Guid> EventDrafted = Id("event.drafted");
    public static readonly Act<Guid> EventRedrafted = Id("event.redrafted");
    public static readonly Act<Guid> EventDuplicated = Id("event.duplicated");
    public static readonly Act<Guid> EventDeleted = Id("event.deleted");
    public static readonly Act<Guid> EventPublished = Id("event.published");
    public static readonly Act<Guid> EventMoved = Id("event.moved");
    public static readonly Act<Guid> EventEdited = Id("event.edited");
    public static readonly Act<Guid> EventTimesKept = Id("event.times_kept");
    public static readonly Act<Guid> EventLostItsRoom = Id("event.lost_its_room");
    public static readonly Act<Guid> EventCancelled = Id("event.cancelled");
    public static readonly Act<Guid> EventReinstated = Id("event.reinstated");
    public static readonly Act<Guid> EventPromoted = Id("event.promoted");

    public static readonly Act<Guid> RegistrationMade = Id("registration.made");
    public static readonly Act<Guid> RegistrationConfirmed = Id("registration.confirmed");
    public static readonly Act<Guid> RegistrationLapsed = Id("registration.lapsed");
    public static readonly Act<Guid> RegistrationCancelled = Id("registration.cancelled");
    public static readonly Act<Guid> RegistrationReinstated = Id("registration.reinstated");
    public static readonly Act<Guid> RegistrationPromoted = Id("registration.promoted");
    public static readonly Act<Guid> RegistrationCheckedIn = Id("registration.checked_in");
    public static readonly Act<Guid> RegistrationCheckInUndone = Id("registration.check_in_undone");
    public static readonly Act<Guid> RegistrationAddressAsked = Id("registration.address_asked");
    public static readonly Act<Guid> RegistrationAddressConfirmed = Id("registration.address_confirmed");
    public static readonly Act<Guid> RegistrationRemindersChosen = Id("registration.reminders_chosen");
    public static readonly Act<Guid> RegistrationRemindersStopped = Id("registration.reminders_stopped");
    public static readonly Act<Guid> RegistrationRemindersResumed = Id("registration.reminders_resumed");

    public static readonly Act<Guid> MemberAdded = Id("member.added");
    public static readonly Act<Guid> MemberEdited = Id("member.edited");
    public static readonly Act<Guid> MemberPasswordChanged = Id("member.password_changed");
    public static readonly Act<Guid> MemberAddressAsked = Id("member.address_asked");
    public static readonly Act<Guid> MemberAddressChanged = Id("member.address_changed");
    public static readonly Act<Guid> MemberSignedInByLink = Id("member.signed_in_by_link");
    public static readonly Act<Guid> MemberAlarmChosen = Id("member.calendar_alarm_chosen");
    public static readonly Act<Guid> MemberRemindersChosen = Id("member.reminders_chosen");
    public static readonly Act<Guid> MemberRemindersStopped = Id("member.reminders_stopped");
    public static readonly Act<Guid> MemberRemindersResumed = Id("member.reminders_resumed");
    public static readonly Act<Guid> MemberDisabled = Id("member.disabled");
    public static readonly Act<Guid> MemberEnabled = Id("member.enabled");
    public static readonly Act<Guid> MemberRolesGranted = Id("member.roles_granted");
    public static readonly Act<Guid> MemberRolesRevoked = Id("member.roles_revoked");
    public static readonly Act<Guid> MemberSessionsEnded = Id("member.sessions_ended");
    public static readonly Act<Guid> MemberLinkMade = Id("member.link_made");
    public static readonly Act<Guid> TokenMade = Id("token.made");
    public static readonly Act<Guid> TokenRevoked = Id("token.revoked");

    public static readonly Act<int> ReminderTemplateMade = Number("reminder_template.made");
    public static readonly Act<int> ReminderTemplateEdited = Number("reminder_template.edited");
    public static readonly Act<int> ReminderTemplateDeleted = Number("reminder_template.deleted");
    public static readonly Act<int> ClosureMade = Number("closure.made");
    public static readonly Act<int> ClosureChanged = Number("closure.changed");
    public static readonly Act<int> ClosureEnded = Number("closure.ended");

    public static readonly Act<Guid> EmailFailed = Id("email.failed");
    public static readonly Act<Guid> EmailBounced = Id("email.bounced");
    public static readonly Act<Guid> EmailComplained = Id("email.complained");
    public static readonly Act<Guid> EmailAddressSuspended = Id("email.address_suspended");
    public static readonly Act<Guid> EmailCancelled = Id("email.cancelled");
    public static readonly Act<Guid> EmailRetried = Id("email.retried");
    public static readonly Act<Guid> EmailSentNow = Id("email.sent_now");
    public static readonly Act<Guid> SuppressionAdded = Id("suppression.added");
    public static readonly Act<Guid> SuppressionLifted = Id("suppression.lifted");
    public static readonly HubAct RelayResumed = new("relay.resumed");

    public static readonly Act<Guid> WebhookAdded = Id("webhook.added");
    public static readonly Act<Guid> WebhookSecretChanged = Id("webhook.secret_changed");
    public static readonly Act<Guid> WebhookStopped = Id("webhook.stopped");
    public static readonly Act<Guid> WebhookResumed = Id("webhook.resumed");
    public static readonly Act<Guid> WebhookRemoved = Id("webhook.removed");
    public static readonly Act<Guid> WebhookPinged = Id("webhook.pinged");
    public static readonly Act<Guid> WebhookDeliveryRepeated = Id("webhook_delivery.repeated");

    public static readonly HubAct DemoSeeded = new("demo.seeded");

    /// <summary>What kind of thing it was done to: "booking".</summary>
    public string Thing => ThingOf(Name);

    public static string ThingOf(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];

    public sealed override string ToString() => Name;

    private static Act<Guid> Id(string name) => new(name);

    private static Act<int> Number(string name) => new(name);
}

/// <summary>An act on one of many things; <typeparamref name="TKey"/> is the type of their ids.</summary>
public sealed record Act<TKey> : Act
    where TKey : struct
{
    internal Act(string name)
        : base(name)
    {
    }
}

/// <summary>An act on something there is one of in the hub, or on the hub itself: it has no id.</summary>
public sealed record HubAct : Act
{
    internal HubAct(string name)
        : base(name)
    {
    }
}
