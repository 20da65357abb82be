using DigiHub.Access;
using DigiHub.Calendars;
using DigiHub.Mail;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub;

/// <summary>Registers every use case and question of the house, a line each: the table of contents of what it can do.</summary>
public static class UseCases
{
    /// <summary>
    /// Needs beside it: AddHubDb, an IClock, an IJobSignal and logging.
    /// </summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        // Keys
        services.AddSingleton<Keys.HubTokenSigner>();
        services.AddSingleton<Keys.HubIdentity>();

        // Members
        services.AddSingleton<Members.LastChangeBy>();
        services.AddSingleton<Members.SendSignInLink>();
        services.AddSingleton<Members.AskAddressChange>();
        services.AddSingleton<Notifications.INotificationCheck, Members.AddressChangeCheck>();
        services.AddSingleton<Members.UseSignInLink>();
        services.AddSingleton<Members.EditAccount>();
        services.AddSingleton<Members.KeepForm>();
        services.AddSingleton<Members.MakeSignInLink>();

        // Access
        services.AddSingleton<Access.MemberSearch>();
        services.AddSingleton<Access.AccessTokens>();
        services.AddSingleton<Access.AddMember>();
        services.AddSingleton<Access.DisableMember>();
        services.AddSingleton<Access.EnableMember>();
        services.AddSingleton<Access.GrantRoles>();
        services.AddSingleton<Access.RevokeRoles>();
        services.AddSingleton<Access.EndSessions>();

        // Spaces
        services.AddSingleton<Spaces.Catalogue>();

        // Notifications
        services.AddScoped<Mail.DeliverNotifications>();
        services.AddScoped<Mail.LeaseNotifications>();
        services.AddSingleton<Mail.InFlight>();
        services.AddScoped<Mail.RelayCircuitBreaker>();
        services.AddSingleton<Mail.ResumeRelay>();
        services.AddSingleton<Notifications.UpcomingNotifications>();
        services.AddSingleton<Notifications.SendNow>();
        services.AddSingleton<Notifications.Outbox>();
        services.AddSingleton<Notifications.CancelNotification>();
        services.AddSingleton<Mail.RetryNotifications>();
        services.AddSingleton<Mail.NotificationsNow>();
        services.AddSingleton<Notifications.FailedNotifications>();
        services.AddSingleton<Mail.MailMeter>();
        services.AddSingleton<Activity.IWebhookSubject, Mail.EmailWebhooks>();
        services.AddSingleton<Notifications.AnonymiseNotifications>();
        services.TryAddSingleton(new Notifications.NotificationKeeping());
        services.TryAddSingleton(new Mail.DeliveryPace());
        services.TryAddSingleton(new Mail.RelayReach());
        services.TryAddSingleton(Time.QuietHours.Usual);

        // Suppression
        services.AddSingleton<Notifications.INotificationCheck, Mail.SuppressedCheck>();
        services.AddSingleton<Mail.AddressStatus>();

        // Bookings
        services.AddSingleton<Bookings.BookSpace>();
        services.AddSingleton<Bookings.MoveBooking>();
        services.AddSingleton<Bookings.CancelBooking>();
        services.AddSingleton<Bookings.ReinstateBooking>();
        services.AddSingleton<Bookings.Alternatives>();
        services.AddSingleton<Bookings.FreeSpaces>();
        services.AddSingleton<Bookings.RecentClaims>();
        services.AddSingleton<Bookings.FloorDay>();
        services.AddSingleton<Bookings.DayTimeline>();
        services.AddSingleton<Bookings.MyBookings>();
        services.AddSingleton<Bookings.OneBooking>();
        services.AddSingleton<Bookings.UsualDesk>();
        services.AddSingleton<Bookings.FreeNow>();
        services.AddSingleton<Bookings.ExpectedToday>();
        services.AddSingleton<Notifications.INotificationCheck, Bookings.BookingNotificationCheck>();
        services.AddSingleton<Notifications.INotificationCalendar, Bookings.BookingCalendar>();
        services.AddSingleton<Activity.IWebhookSubject, Bookings.BookingWebhooks>();

        // Events
        services.AddSingleton<Events.WriteEvent>();
        services.AddSingleton<Events.PublishEvent>();
        services.AddSingleton<Events.CheckDraft>();
        services.AddSingleton<Events.EditEvent>();
        services.AddSingleton<Events.CancelEvent>();
        services.AddSingleton<Events.ReinstateEvent>();
        services.AddSingleton<Events.DeleteDraft>();
        services.AddSingleton<Events.DuplicateEvent>();
        services.AddSingleton<Events.UpcomingEvents>();
        services.AddSingleton<Events.HostedEvents>();
        services.AddSingleton<Events.RecomputeInstants>();
        services.AddSingleton<Events.WithoutSpace>();
        services.AddSingleton<Events.RoomsForEvent>();
        services.AddSingleton<Activity.IWebhookSubject, Events.EventWebhooks>();

        // Closures
        services.AddSingleton<Closures.CloseSite>();
        services.AddSingleton<Closures.ChangeClosure>();
        services.AddSingleton<Closures.StandingOnClosedDays>();
        services.AddSingleton<Notifications.INotificationCheck, Closures.ClosureNotificationCheck>();

        // Registrations
        services.AddSingleton<Registrations.EventBySlug>();
        services.AddSingleton<Registrations.Register>();
        services.AddSingleton<Registrations.CancelRegistration>();
        services.AddSingleton<Registrations.ConfirmRegistration>();
        services.AddSingleton<Registrations.LapseRegistrations>();
        services.AddSingleton<Registrations.ReinstateRegistration>();
        services.AddSingleton<Registrations.PromoteFromWaitingList>();
        services.AddSingleton<Registrations.CheckIn>();
        services.AddSingleton<Registrations.UndoCheckIn>();
        services.AddSingleton<Registrations.AttendeeList>();
        services.AddSingleton<Registrations.EventOutbox>();
        services.AddSingleton<Registrations.MyRegistrations>();
        services.AddSingleton<Registrations.RegistrationByLink>();
        services.AddSingleton<Registrations.CorrectAddress>();
        services.AddSingleton<Registrations.ConfirmAddress>();
        services.AddSingleton<Registrations.ConfirmAddressChange>();
        services.AddSingleton<Notifications.INotificationCheck, Registrations.AddressNotificationCheck>();
        services.AddSingleton<Notifications.INotificationCalendar, Registrations.RegistrationCalendar>();
        services.AddSingleton<Activity.IWebhookSubject, Registrations.RegistrationWebhooks>();

        // Reminders
        services.AddSingleton<Reminders.StopReminders>();
        services.AddSingleton<Reminders.NotificationPreferences>();
        services.AddSingleton<Reminders.ChooseReminders>();
        services.AddSingleton<Members.ChooseCalendarAlarm>();
        services.AddSingleton<Reminders.ReminderTemplates>();
        services.AddSingleton<Reminders.EventSchedule>();
        services.AddSingleton<Reminders.RemindersToCome>();
        services.AddScoped<Reminders.WriteDigests>();
        services.AddSingleton<Notifications.INotificationCheck, Reminders.DigestCheck>();
        services.AddSingleton<Notifications.INotificationCheck, Reminders.EventNotificationCheck>();
        services.AddSingleton<Notifications.INotificationWait, Reminders.QuietHoursWait>();
        services.AddSingleton<Notifications.INotificationWait, Reminders.ThrottleRepeats>();

        // Operations
        services.AddSingleton<Operations.WatchNotifications>();
        services.AddSingleton<Operations.ExplainAddress>();
        services.AddSingleton<Operations.SuspendAddress>();
        services.AddSingleton<Operations.SuspendedAddresses>();
        services.AddSingleton<Operations.InboundNow>();
        services.AddScoped<Operations.PurgeExpired>();
        services.TryAddSingleton(new Operations.AlarmOptions());

        // Webhooks
        services.AddSingleton<Data.IBeforeCommit, Webhooks.WriteWebhooks>();
        services.AddSingleton<Webhooks.WebhookText>();
        services.AddSingleton<Webhooks.WebhookTypes>();
        services.AddSingleton<Webhooks.WebhookEndpoints>();
        services.AddSingleton<Webhooks.WebhooksNow>();
        services.AddSingleton<Webhooks.WebhookMeter>();
        services.AddScoped<Webhooks.DeliverWebhooks>();
        services.AddScoped<Webhooks.ForgetWebhooks>();
        services.TryAddSingleton(new Webhooks.WebhookOptions(new Uri("http://localhost/")));

        // Calendars
        services.AddSingleton<Calendars.Feeds>();

        // Inbound mail
        services.AddSingleton<Mail.ProcessInbound>();
        services.AddSingleton<Mail.IInboundHandler, Calendars.CalendarReplies>();
        services.AddSingleton<Mail.IInboundHandler, Reminders.UnsubscribeByMail>();
        services.AddSingleton<Mail.NoteReading>();
        services.AddSingleton<Calendars.ConfirmDecline>();
        services.AddSingleton<Notifications.INotificationCheck, Calendars.DeclineCheck>();

        // Demo
        services.AddSingleton<Demo.SeedDemo>();

        return services;
    }
}
