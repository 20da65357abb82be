using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Time;

namespace DigiHub.Tests.Events;

/// <summary>
/// Tests about events. Unless told otherwise Grace hosts in Spree, on Tuesday 8 December 2026 from 18:00 to 20:00, for two
/// people; today is Monday 23 November, 09:00.
/// </summary>
public abstract class EventTests(TestDatabase database) : HubTests(database)
{
    protected static readonly LocalDateTime Evening = new(2026, 12, 8, 18, 0);

    protected static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    protected static Instant At(int month, int day, int hour, int minute = 0, int year = 2026) =>
        new LocalDateTime(year, month, day, hour, minute).InZoneStrictly(Berlin).ToInstant();

    protected EventDraft Draft => new()
    {
        Title = new("Löten für alle", "Soldering for everybody"),
        Topic = "iot",
        SpaceId = Cast.Spree.Id,
        Start = Evening,
        Capacity = 2,
    };

    protected Instant Now => TestHub.Clock.GetCurrentInstant();

    protected Task<Outcome<Event>> Write(EventDraft draft, Guid? by = null) =>
        TestHub.Get<WriteEvent>().Run(new WriteEventRequest(EventId: null, draft, by ?? Cast.Grace.Id), Stop);

    protected async Task<Event> Publish(EventDraft? draft = null)
    {
        var written = (await Write(draft ?? Draft)).Value;
        return (await TestHub.Get<PublishEvent>().Run(written.Id, Cast.Grace.Id, Stop)).Value;
    }

    protected Task<Outcome<EventEdited>> Edit(Event evt, EventDraft draft, string? note = null) =>
        TestHub.Get<EditEvent>().Run(new EditEventRequest(evt.Id, draft, Cast.Grace.Id, Note: note), Stop);

    protected Task<Outcome<Registered>> Register(Event evt, Guid memberId) =>
        TestHub.Get<Register>().Run(new RegisterRequest(evt.Id, memberId), Stop);

    /// <summary>As a guest does: registers, and confirms by the link in the notification.</summary>
    protected async Task<Outcome<Registered>> RegisterGuest(Event evt, string? name, string? email = null, bool wantsReminders = true)
    {
        var registered = await HoldFor(evt, name, email, wantsReminders);
        if (registered.IsDone)
            await ConfirmGuest(evt, registered.Value.Email);
        return registered;
    }

    /// <summary>As the form does: what was typed is judged first. The place is held; the notification is on its way.</summary>
    protected async Task<Outcome<Registered>> HoldFor(Event evt, string? name, string? email = null, bool wantsReminders = true)
    {
        var (called, address) = (PersonName.Parse(name), EmailAddress.Parse(email ?? $"{name}@guests.example"));
        return (called.Refusal ?? address.Refusal) is { } refusal
            ? refusal
            : await TestHub.Get<Register>().Run(
                new RegisterRequest(evt.Id, GuestName: called.Value, GuestEmail: address.Value, WantsReminders: wantsReminders), Stop);
    }

    protected async Task<Outcome<Registration>> ConfirmGuest(Event evt, EmailAddress email)
    {
        var key = email.Key;
        var row = await TestHub.Read(db =>
            db.Registrations.AsNoTracking().SingleAsync(one => one.EventId == evt.Id && one.NormalizedEmail == key, Stop));
        return await TestHub.Get<ConfirmRegistration>().ByLink(await TokenSigner(TokenPurpose.ManageRegistration, row.Id), Stop);
    }

    /// <summary>The row of a guest who registered under this name.</summary>
    protected Task<Registration> Row(Event evt, string name) =>
        TestHub.Read(db =>
            db.Registrations.AsNoTracking().SingleAsync(one => one.EventId == evt.Id && one.Name == PersonName.Of(name), Stop));

    protected Task<List<Registration>> Rows(Event evt) =>
        TestHub.Read(db => db.Registrations.AsNoTracking().Where(one => one.EventId == evt.Id)
            .OrderBy(one => one.Number).ToListAsync(Stop));

    protected Task<Outcome<RegistrationCancelled>> CancelAsGrace(Registration registration) =>
        TestHub.Get<CancelRegistration>().Run(registration.Id, Cast.Grace.Id, Stop);

    protected Task<Event> Reread(Event evt) =>
        TestHub.Read(db => db.Events.AsNoTracking().Include(one => one.ReminderRules).SingleAsync(one => one.Id == evt.Id, Stop));

    /// <summary>Every notification of an event, in the order they are due.</summary>
    protected Task<List<Notification>> Notifications(Event evt, NotificationType? kind = null, NotificationState? state = null) =>
        TestHub.Read(db => db.Notifications.AsNoTracking()
            .AboutEvent(db, evt.Id).Where(notification => (kind == null || notification.Type == kind)
                && (state == null || notification.State == state))
            .OrderBy(notification => notification.DueAt).ThenBy(notification => notification.Id).ToListAsync(Stop));

    /// <summary>When the rules ask for them; quiet hours may have moved them.</summary>
    protected async Task<List<Instant>> RemindersDue(Event evt, Registration registration) =>
        [.. (await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Planned)).Where(notification =>
            notification.SubjectId == registration.Id).Select(notification => notification.MovedFrom ?? notification.DueAt)];

    /// <summary>Lets all notifications leave that are due now, and says which did.</summary>
    protected async Task<List<Notification>> Deliver()
    {
        var before = TestHub.Sender.Taken.Count;
        await TestHub.Get<DeliverNotifications>().Run(Stop);
        return [.. TestHub.Sender.Taken.Skip(before)];
    }

    protected async Task<string> TokenSigner(TokenPurpose purpose, Guid id) =>
        (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(purpose, id);

    protected static ReminderTime DaysBefore(int days, int hour = 9) => ReminderTime.Days(days, new LocalTime(hour, 0));
}
