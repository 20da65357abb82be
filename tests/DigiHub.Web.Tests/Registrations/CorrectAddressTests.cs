using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Mail;
using DigiHub.Web.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Registrations;

/// <summary>An address that e-mails do not reach: shown, and corrected by the person or the organiser.</summary>
public sealed class CorrectAddressTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;

    private Event evt = null!;
    private Registration registration = null!;

    private EmailLinks Links => TestHub.Services.GetRequiredService<EmailLinks>();

    [Fact]
    public async Task The_person_corrects_it_and_emails_resume_once_the_link_is_confirmed()
    {
        await TestHub.Lay(DueEmail(ReminderNotifications.OfEvent));
        using var reader = TestHub.NewReader();
        await reader.Open((await Links.Registration(registration.Id, Stop)).AbsolutePath);
        Assert.Contains("Unsere E-Mails erreichen Sie nicht", reader.Text, StringComparison.Ordinal);

        await reader.Send("form:has(#email)", ("email", "new@example.org"));

        Assert.Contains("Eine E-Mail ist unterwegs", reader.Text, StringComparison.Ordinal);
        var asked = await Asked();
        Assert.Equal("new@example.org", asked.RecipientEmail!.Shown);
        Assert.Equal("reader@example.org", (await Row()).Email); // nothing has changed yet
        var link = (await Links.Address(AddressCheck.OfNote(asked.Note)!.Value, Stop)).AbsolutePath;
        await reader.Open(link);
        Assert.Equal("reader@example.org", (await Row()).Email); // nor by looking
        await reader.Send("form button.pri");

        Assert.Contains("new@example.org", reader.Text, StringComparison.Ordinal);
        Assert.Equal(("new@example.org", "NEW@EXAMPLE.ORG"), await Row() is var row ? (row.Email, row.NormalizedEmail) : default);
        var notifications = await TestHub.Read(db => db.Notifications.AsNoTracking()
            .Where(notification => notification.Type != RegistrationNotifications.AddressToConfirm).ToListAsync(Stop));
        Assert.All(notifications, notification => Assert.Equal("new@example.org", notification.RecipientEmail!.Shown));
        Assert.Equal([ReminderNotifications.OfEvent, RegistrationNotifications.Confirmed],
            notifications.Select(notification => notification.Type).OrderBy(kind => kind.ToString(), StringComparer.Ordinal));
        await reader.Open((await Links.Registration(registration.Id, Stop)).AbsolutePath);
        Assert.DoesNotContain("erreichen Sie nicht", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_address_works_again_once_an_email_to_it_was_read()
    {
        using var reader = TestHub.NewReader();
        await reader.Open((await Links.Registration(registration.Id, Stop)).AbsolutePath);
        await reader.Send("form:has(#email)");

        await Deliver(); // the e-mail that lifts it goes to the suspended address
        var asked = await Asked();
        Assert.Equal(NotificationState.Sent, asked.State);
        await reader.Open((await Links.Address(AddressCheck.OfNote(asked.Note)!.Value, Stop)).AbsolutePath);
        await reader.Send("form button.pri");

        Assert.Equal(0, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task Other_emails_to_it_are_kept_back_meanwhile()
    {
        await TestHub.Lay(DueEmail(RegistrationNotifications.Confirmed));

        await Deliver();

        var notification = await TestHub.Read(db => db.Notifications.SingleAsync(Stop));
        Assert.Equal((NotificationState.Skipped, NotificationReason.Suppressed), (notification.State, notification.Reason));
    }

    [Fact]
    public async Task The_organiser_sees_how_many_are_not_reached_and_corrects_one()
    {
        await TestHub.Lay(DueEmails.NewRegistration(evt, Guid.CreateVersion7(), "well@example.org"));
        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open($"/organise/{evt.Id}/registrations");
        Assert.Contains("Nicht zustellbar", grace.Text, StringComparison.Ordinal);
        Assert.Contains("von 2, die E-Mails erhalten", grace.Text, StringComparison.Ordinal);
        Assert.Single(grace.Page.QuerySelectorAll("details.correct"));

        await grace.Send("form[action$='/address']", ("email", "new@example.org"));

        Assert.Contains("Eine E-Mail ist unterwegs", grace.Text, StringComparison.Ordinal);
        Assert.Equal("new@example.org", (await Asked()).RecipientEmail);
    }

    [Fact]
    public async Task A_member_whose_emails_come_back_gets_them_again_by_using_a_sign_in_link()
    {
        await TestHub.Services.GetRequiredService<UnitOfWork>().Run<bool>(async db =>
            await db.Suppress(Cast.Ada.Email, SuppressionScope.Everything, SuppressionReason.HardBounce, Now, "5.1.1", Stop), Stop);
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");
        Assert.Contains("Unsere E-Mails erreichen Sie nicht", ada.Text, StringComparison.Ordinal);

        await ada.Send("form:has(input[value='reach'])");
        await Deliver();
        var link = await TestHub.Read(db => db.Notifications.AsNoTracking().SingleAsync(
            notification => notification.Type == MemberNotifications.SignInLink && notification.State == NotificationState.Sent, Stop));
        await ada.Open((await Links.SignIn(link.SubjectId, Stop)).AbsolutePath);
        Assert.Equal(2, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
        await ada.Send("form:has(button.pri)");

        Assert.Equal(1, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task Nobody_has_us_write_to_strangers_again_and_again()
    {
        var correct = TestHub.Services.GetRequiredService<CorrectAddress>();
        for (var i = 0; i < AddressCheck.StandingMax; i++)
            Assert.True((await correct.Run(registration.Id, Cast.Grace.Id, $"new{i}@example.org", Stop)).IsDone);

        Assert.Equal("address_checks", (await correct.Run(registration.Id, Cast.Grace.Id, "more@example.org", Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await correct.Run(registration.Id, Cast.Bob.Id, "more@example.org", Stop)).Refusal?.Code);
        Assert.Equal("email_invalid", (await correct.Run(registration.Id, Cast.Grace.Id, "nonsense", Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task An_address_with_a_registration_of_its_own_is_not_taken_over()
    {
        await TestHub.Lay(DueEmails.NewRegistration(evt, Guid.CreateVersion7(), "well@example.org"));
        var check = (await TestHub.Services.GetRequiredService<CorrectAddress>()
            .Run(registration.Id, Cast.Grace.Id, "Well@example.org", Stop)).Value;

        using var reader = TestHub.NewReader();
        await reader.Open((await Links.Address(check.Id, Stop)).AbsolutePath);
        await reader.Send("form button.pri");

        Assert.Contains("eigene Anmeldung", reader.Text, StringComparison.Ordinal);
        Assert.Equal("reader@example.org", (await Row()).Email);
    }

    [Fact]
    public async Task A_link_is_valid_for_seven_days_and_using_it_twice_counts_once()
    {
        var check = (await TestHub.Services.GetRequiredService<CorrectAddress>()
            .Run(registration.Id, Cast.Grace.Id, "new@example.org", Stop)).Value;
        var token = (await Links.Address(check.Id, Stop)).Segments[^1];
        var confirm = TestHub.Services.GetRequiredService<ConfirmAddress>();

        TestHub.Clock.Advance(AddressCheck.Life);
        Assert.Equal("link_over", (await confirm.Run(token, Stop)).Refusal?.Code);
        TestHub.Clock.Advance(-Duration.FromSeconds(1));
        Assert.True((await confirm.Run(token, Stop)).IsDone);
        Assert.True((await confirm.Run(token, Stop)).IsDone);
        Assert.Equal(1, await TestHub.Read(db =>
            db.Notifications.CountAsync(notification => notification.Type == RegistrationNotifications.Confirmed, Stop)));
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        evt = DueEmails.NewEvent(Cast, Now, Now + Duration.FromDays(9));
        registration = DueEmails.NewRegistration(evt, Guid.CreateVersion7(), "reader@example.org");
        await TestHub.Lay(evt, registration);
        await TestHub.Services.GetRequiredService<UnitOfWork>().Run<bool>(async db =>
            await db.Suppress(registration.Email, SuppressionScope.Everything, SuppressionReason.HardBounce, Now, "5.1.1", Stop), Stop);
    }

    private Task<Notification> Asked() => TestHub.Read(db =>
        db.Notifications.AsNoTracking().SingleAsync(notification => notification.Type == RegistrationNotifications.AddressToConfirm, Stop));

    private Task<Registration> Row() =>
        TestHub.Read(db => db.Registrations.AsNoTracking().SingleAsync(one => one.Id == registration.Id, Stop));

    private Notification DueEmail(NotificationType kind) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = kind,
        Purpose = $"{kind}",
        RecipientName = PersonName.Of("Reader"),
        RecipientEmail = registration.Email,
        Language = Language.German,
        SubjectKind = Registration.Subject.Name,
        SubjectId = registration.Id,
        WrittenAt = Now,
        DueAt = Now,
        NextAttemptAt = Now,
    };

    private async Task Deliver()
    {
        await using var scope = TestHub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
    }
}
