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
        services.AddSingleton<Keys.HubSeal>();
        services.AddSingleton<Keys.HubIdentity>();

        // Members
        services.AddSingleton<Members.MemberSearch>();
        services.AddSingleton<Members.LastChangeBy>();
        services.AddSingleton<Members.SendSignInLink>();
        services.AddSingleton<Members.AskAddressChange>();
        services.AddSingleton<Letters.ILetterCheck, Members.AddressChangeCheck>();
        services.AddSingleton<Members.UseSignInLink>();
        services.AddSingleton<Members.AccessTokens>();
        services.AddSingleton<Members.EditAccount>();
        services.AddSingleton<Members.KeepForm>();
        services.AddSingleton<Members.AddMember>();
        services.AddSingleton<Members.MakeSignInLink>();
        services.AddSingleton<Members.DisableMember>();
        services.AddSingleton<Members.EnableMember>();
        services.AddSingleton<Members.GrantRoles>();
        services.AddSingleton<Members.RevokeRoles>();
        services.AddSingleton<Members.EndSessions>();

        // Spaces
        services.AddSingleton<Spaces.Catalogue>();

        // Letters
        services.AddScoped<Letters.DeliverLetters>();
        services.AddScoped<Letters.ClaimLetters>();
        services.AddSingleton<Letters.LettersInHand>();
        services.AddScoped<Letters.RelayGate>();
        services.AddSingleton<Letters.ResumeRelay>();
        services.AddSingleton<Letters.LettersToCome>();
        services.AddSingleton<Letters.SendAhead>();
        services.AddSingleton<Letters.Outbox>();
        services.AddSingleton<Letters.StopLetter>();
        services.AddSingleton<Letters.RequeueLetters>();
        services.AddSingleton<Letters.LettersNow>();
        services.AddSingleton<Letters.LettersGivenUp>();
        services.AddSingleton<Letters.LetterMeter>();
        services.AddSingleton<Letters.ForgetLetters>();
        services.TryAddSingleton(new Letters.LetterKeeping());
        services.TryAddSingleton(new Letters.DeliveryPace());
        services.TryAddSingleton(new Letters.RelayReach());
        services.TryAddSingleton(Time.QuietHours.Usual);

        // Suppressions
        services.AddSingleton<Letters.ILetterCheck, Suppressions.SuppressedCheck>();
        services.AddSingleton<Suppressions.Reached>();

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
        services.AddSingleton<Letters.ILetterCheck, Bookings.BookingLetterCheck>();
        services.AddSingleton<Letters.ILetterCalendar, Bookings.BookingCalendar>();

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

        // Closures
        services.AddSingleton<Closures.CloseSite>();
        services.AddSingleton<Closures.ChangeClosure>();
        services.AddSingleton<Closures.StandingOnClosedDays>();
        services.AddSingleton<Letters.ILetterCheck, Closures.ClosureLetterCheck>();

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
        services.AddSingleton<Registrations.EventRoll>();
        services.AddSingleton<Registrations.EventLetters>();
        services.AddSingleton<Registrations.MyRegistrations>();
        services.AddSingleton<Registrations.RegistrationByLink>();
        services.AddSingleton<Registrations.CorrectAddress>();
        services.AddSingleton<Registrations.ConfirmAddress>();
        services.AddSingleton<Registrations.ConfirmAddressChange>();
        services.AddSingleton<Letters.ILetterCheck, Registrations.AddressLetterCheck>();
        services.AddSingleton<Letters.ILetterCalendar, Registrations.RegistrationCalendar>();

        // Reminders
        services.AddSingleton<Reminders.StopReminders>();
        services.AddSingleton<Reminders.LetterPreferences>();
        services.AddSingleton<Reminders.ChooseReminders>();
        services.AddSingleton<Members.ChooseCalendarAlarm>();
        services.AddSingleton<Reminders.ReminderTemplates>();
        services.AddSingleton<Reminders.EventSchedule>();
        services.AddSingleton<Reminders.RemindersToCome>();
        services.AddScoped<Reminders.WriteDigests>();
        services.AddSingleton<Letters.ILetterCheck, Reminders.DigestCheck>();
        services.AddSingleton<Letters.ILetterCheck, Reminders.EventLetterCheck>();
        services.AddSingleton<Letters.ILetterWait, Reminders.QuietHoursWait>();
        services.AddSingleton<Letters.ILetterWait, Reminders.FlapGuard>();

        // Operations
        services.AddSingleton<Operations.WatchLetters>();
        services.AddSingleton<Operations.ExplainAddress>();
        services.AddSingleton<Operations.SuspendAddress>();
        services.AddSingleton<Operations.SuspendedAddresses>();
        services.AddSingleton<Operations.ReturnsNow>();
        services.AddScoped<Operations.KeepHouse>();
        services.TryAddSingleton(new Operations.AlarmManners());

        // Webhooks
        services.AddSingleton<Data.IBeforeCommit, Webhooks.WriteWebhooks>();
        services.AddSingleton<Webhooks.WebhookText>();
        services.AddSingleton<Webhooks.WebhookEndpoints>();
        services.AddSingleton<Webhooks.WebhooksNow>();
        services.AddSingleton<Webhooks.WebhookMeter>();
        services.AddScoped<Webhooks.DeliverWebhooks>();
        services.AddScoped<Webhooks.ForgetWebhooks>();
        services.TryAddSingleton(new Webhooks.WebhookManners(new Uri("http://localhost/")));

        // Calendars
        services.AddSingleton<Calendars.Feeds>();

        // Returns
        services.AddSingleton<Returns.TakeReturn>();
        services.AddSingleton<Returns.NoteReading>();
        services.AddSingleton<Returns.ConfirmDecline>();
        services.AddSingleton<Letters.ILetterCheck, Returns.DeclineCheck>();

        // Demo
        services.AddSingleton<Demo.SeedDemo>();

        return services;
    }
}
