using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

/// <summary>Two colleagues with one address: the page reveals nothing, the notification comes at once and names both.</summary>
public abstract class SharedMailboxTests(TestDatabase database) : EventTests(database)
{
    private const string Office = "info@firma.example";

    [Fact]
    public async Task The_email_comes_at_once_and_knows_both_names()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise", Office);

        var second = await RegisterGuest(evt, "Max", "INFO@firma.example");

        Assert.True(second.IsDone);
        Assert.Null(second.Value.Registration);
        Assert.Equal("Lise", Assert.Single(await Rows(evt)).Name);
        var told = (await Notifications(evt, RegistrationNotifications.Confirmed)).Single(notification => notification.Note is not null);
        Assert.Equal(("Lise", "Max"), (told.RecipientName!.Text, RegistrationNote.OtherName(told.Note)));
        Assert.Equal(told.WrittenAt, told.DueAt);
    }

    [Fact]
    public async Task A_second_colleague_hears_of_it_on_the_same_day_and_nobody_can_fill_the_mailbox()
    {
        var evt = await Publish();

        foreach (var name in new[] { "Lise", "Lise", "Max", "MAX", "Emmy", "Konrad", "Otto" })
            await RegisterGuest(evt, name, Office);

        var told = (await Notifications(evt, RegistrationNotifications.Confirmed))
            .Where(notification => notification.Note is not null).ToList();
        Assert.Equal(DigiHub.Registrations.Register.AgainMax, told.Count);
        Assert.Equal(new string?[] { null, "Emmy", "Max" },
            told.Select(notification => RegistrationNote.OtherName(notification.Note)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(NotificationState.Failed)]
    [InlineData(NotificationState.Bounced)]
    public async Task A_confirmation_that_failed_shows_in_the_list_until_an_email_leaves(NotificationState state)
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise", Office);
        await RegisterGuest(evt, "Max");
        var lise = await Row(evt, "Lise");
        await State(lise, state);

        Assert.Equal([lise.Id], (await Attendees(evt)).Undeliverable);

        await State(lise, NotificationState.Sent);
        Assert.Empty((await Attendees(evt)).Undeliverable);
    }

    [Fact]
    public async Task A_relay_without_SMTPUTF8_lets_the_form_refuse_what_it_could_not_send()
    {
        var evt = await Publish();
        TestHub.Get<RelayReach>().Learn(hasSmtpUtf8: false);

        var refused = await RegisterGuest(evt, "Lise", "j\u00F6rg@guests.example");

        Assert.Equal(("email_letters", "email"), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.True((await RegisterGuest(evt, "Lise", "lise@m\u00FCnchen.example")).IsDone); // its domain has a form in ASCII
    }

    private async Task<AttendeeListPart> Attendees(Event evt) =>
        (await TestHub.Get<AttendeeList>().Run(new AttendeeQuery(evt.Id, Cast.Grace.Id), Stop))!;

    private async Task State(Registration registration, NotificationState state) => await TestHub.Get<UnitOfWork>().Run<int>(async db =>
        await db.Notifications.Where(notification => notification.SubjectId == registration.Id
            && notification.Type == RegistrationNotifications.Confirmed)
            .ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, state), Stop), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : SharedMailboxTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SharedMailboxTests(database), IClassFixture<PostgresDatabase>;
}
