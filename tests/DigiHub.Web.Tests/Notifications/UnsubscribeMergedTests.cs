using System.Net;
using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>"Unsubscribe" of a mail that tells of several things means all of them.</summary>
public abstract class UnsubscribeMergedTests(TestDatabase database) : WebHubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;
    private readonly List<Registration> seats = [];

    [Fact]
    public async Task One_click_of_a_mailbox_provider_stops_all_that_the_mail_carried_and_nothing_else()
    {
        await LayReminders("guest@example.org", "Guest@Example.org");
        using var mail = await Deliver();
        await LayReminders("guest@example.org"); // registered for after that mail left
        using var client = TestHub.NewClient();
        using var press = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        using var look = await client.GetAsync(LinkOf(mail), Stop);
        Assert.Equal(3, await Wanted());
        using var answer = await client.PostAsync(LinkOf(mail), press, Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (look.StatusCode, answer.StatusCode));
        var wanted = await TestHub.Read(db => db.Registrations.Where(one => one.WantsReminders).Select(one => one.Id).ToListAsync(Stop));
        Assert.Equal([seats[2].Id], wanted);
    }

    [Fact]
    public async Task The_page_names_what_it_is_about_and_has_them_back()
    {
        await LayReminders("guest@example.org", "guest@example.org");
        using var mail = await Deliver();
        using var reader = TestHub.NewReader();

        await reader.Open(LinkOf(mail).AbsolutePath);
        Assert.Equal([DueEmails.OtherTitle, DueEmails.OtherTitle],
            reader.Page.QuerySelectorAll("main li").Select(item => item.TextContent.Split(',')[0].Trim()));
        await reader.Send("form button.pri");
        Assert.Equal(0, await Wanted());
        await reader.Send("form button[name=resume]");

        Assert.Equal(2, await Wanted());
    }

    [Fact]
    public async Task Each_part_keeps_a_link_of_its_own_in_the_body()
    {
        await LayReminders("guest@example.org", "guest@example.org");
        using var mail = await Deliver();
        var links = TestHub.Services.GetRequiredService<EmailLinks>();

        foreach (var seat in seats)
        {
            var own = (await links.Unsubscribe(seat.Id, Stop)).ToString();
            Assert.Contains(own, mail.TextBody, StringComparison.Ordinal);
            Assert.NotEqual(own, LinkOf(mail).ToString());
        }
    }

    [Fact]
    public async Task With_a_members_bookings_in_it_the_mail_stands_for_all_their_reminders()
    {
        await LayReminders("ada@example.org");
        var mine = DueEmails.New(ReminderNotifications.OfEvent, "ada@example.org", Now, Now + Duration.FromDays(3));
        var booked = NewEmailOf(Cast.Ada.Id, carriedBy: mine.Id);
        (mine.State, mine.SentAt) = (NotificationState.Sent, Now);
        await TestHub.Lay(mine, booked);
        using var client = TestHub.NewClient();
        using var press = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        var link = await TestHub.Services.GetRequiredService<EmailLinks>().Unsubscribe(mine.Id, Stop);
        using var answer = await client.PostAsync(link, press, Stop);
        using var preferences =
            await client.GetAsync(link.AbsolutePath.Replace("/unsubscribe/", "/preferences/", StringComparison.Ordinal), Stop);

        var ada = Cast.Ada.Id;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, preferences.StatusCode));
        Assert.False(await TestHub.Read(db => db.Set<DigiHub.Members.Member>()
            .Where(member => member.Id == ada).Select(member => member.WantsReminders).SingleAsync(Stop)));
        Assert.Equal(1, await Wanted()); // the seat was not in that mail
    }

    // Of an e-mail that is no reminder nobody may make such a link, and nothing is behind it.
    [Fact]
    public async Task An_email_of_another_class_stops_nothing()
    {
        var confirmed = DueEmails.New(RegistrationNotifications.Confirmed, "guest@example.org", Now, Now + Duration.FromDays(3));
        await TestHub.Lay(confirmed);
        using var client = TestHub.NewClient();

        using var look =
            await client.GetAsync(await TestHub.Services.GetRequiredService<EmailLinks>().Unsubscribe(confirmed.Id, Stop), Stop);

        Assert.Equal(HttpStatusCode.NotFound, look.StatusCode);
    }

    /// <summary>Each of another event.</summary>
    private async Task LayReminders(params string[] to)
    {
        foreach (var email in to)
        {
            var evt = DueEmails.NewEvent(Cast, Now, Now + Duration.FromDays(3), Guid.CreateVersion7());
            var reminder = DueEmails.New(ReminderNotifications.OfEvent, email, Now, evt.Start, otherEvent: evt.Id);
            var seat = DueEmails.NewRegistration(evt, reminder.SubjectId, email);
            seats.Add(seat);
            await TestHub.Lay(evt, seat, reminder);
        }
    }

    private static Notification NewEmailOf(Guid memberId, Guid carriedBy) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = BookingNotifications.Reminder,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = "booking-reminder",
        RecipientName = PersonName.Of("Ada"),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        MemberId = memberId,
        WrittenAt = Now,
        DueAt = Now,
        NextAttemptAt = Now,
        State = NotificationState.Sent,
        SentAt = Now,
        CarriedBy = carriedBy,
    };

    private async Task<MimeMessage> Deliver()
    {
        await using var scope = TestHub.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop));
        return await MimeMessage.LoadAsync(Assert.Single(TestHub.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories)).FullName, Stop);
    }

    private static Uri LinkOf(MimeMessage mail) => new(mail.Headers[HeaderId.ListUnsubscribe]!.Split(',')[0].Trim('<', '>'));

    private Task<int> Wanted() => TestHub.Read(db => db.Registrations.CountAsync(one => one.WantsReminders, Stop));

    public sealed class OnSqlite(SqliteDatabase database) : UnsubscribeMergedTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : UnsubscribeMergedTests(database), IClassFixture<PostgresDatabase>;
}
