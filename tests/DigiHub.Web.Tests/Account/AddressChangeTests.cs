using DigiHub.Access;
using DigiHub.Activity;
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

namespace DigiHub.Web.Tests.Account;

/// <summary>Members give their account another address; it counts once somebody confirms it there.</summary>
public sealed class AddressChangeTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string New = "Ada.Neu@example.org";
    private Event evt = null!;
    private Registration seat = null!;

    [Fact]
    public async Task Nothing_changes_before_the_link_sent_to_the_new_address_is_confirmed()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await Ask(ada, New);
        var question = await Question();
        using var scanner = TestHub.NewReader();
        await scanner.Open(await LinkOf(question));

        Assert.Equal(New, question.RecipientEmail!.Shown);
        Assert.Contains(New, scanner.Text, StringComparison.Ordinal);
        Assert.Equal("ada@example.org", (await Ada()).Email);
    }

    [Fact]
    public async Task Confirming_moves_account_seats_and_emails_and_notifies_the_old_address()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        using var elsewhere = await TestHub.SignIn(Cast.Ada);
        await Ask(ada, New);

        await ada.Open(await LinkOf(await Question()));
        await ada.Send("form button.pri");

        Assert.Contains("Die Adresse Ihres Kontos ist jetzt", ada.Text, StringComparison.Ordinal);
        Assert.Equal((New, "ADA.NEU@EXAMPLE.ORG"), await Ada() is var now ? (now.Email, now.NormalizedEmail) : default);
        Assert.Equal(New,
            await TestHub.Read(db => db.Registrations.Where(one => one.Id == seat.Id).Select(one => one.Email).SingleAsync(Stop)));
        var notifications = await TestHub.Read(db => db.Notifications.AsNoTracking().ToListAsync(Stop));
        Assert.Equal(New, notifications.Single(notification => notification.Type == ReminderNotifications.OfEvent).RecipientEmail!.Shown);
        Assert.Equal("ada@example.org",
            notifications.Single(notification => notification.Type == MemberNotifications.AddressChanged).RecipientEmail!.Shown);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(entry => entry.Act == "member.address_changed", Stop)));
    }

    [Fact]
    public async Task Every_other_session_ends_and_the_one_that_confirmed_goes_on()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        using var elsewhere = await TestHub.SignIn(Cast.Ada);
        await Ask(ada, New);
        await ada.Open(await LinkOf(await Question()));
        await ada.Send("form button.pri");

        await ada.Open("/account");
        await elsewhere.Open("/account");

        Assert.Equal("/account", ada.Address.AbsolutePath);
        Assert.Equal("/sign-in", elsewhere.Address.AbsolutePath);
    }

    [Fact]
    public async Task Whether_another_has_the_address_is_not_told()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);

        await Ask(ada, Cast.Bob.Email.Shown.ToUpperInvariant());
        var ofBob = ada.Text;
        Assert.Equal(0, await TestHub.Read(db =>
            db.Notifications.CountAsync(notification => notification.Type == MemberNotifications.AddressToConfirm, Stop)));
        await Ask(ada, New);

        Assert.Equal(ofBob, ada.Text);
    }

    [Fact]
    public async Task An_address_that_was_taken_meanwhile_stays_its_owners()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await Ask(ada, New);
        await TestHub.Services.GetRequiredService<AddMember>().Run(new AddMemberRequest(PersonName.Of("Ada"),
            EmailAddress.Of(New.ToLowerInvariant()), [], Language.German, PasswordHash: null), Stop);

        await ada.Open(await LinkOf(await Question()));
        await ada.Send("form button.pri");

        Assert.Contains("bereits ein Konto", ada.Text, StringComparison.Ordinal);
        Assert.Equal("ada@example.org", (await Ada()).Email);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task The_link_is_good_for_one_hour(int minutes, bool isGood)
    {
        using (var ada = await TestHub.SignIn(Cast.Ada))
            await Ask(ada, New);
        var link = await LinkOf(await Question());
        using var reader = TestHub.NewReader();

        TestHub.Clock.AdvanceMinutes(minutes);
        await reader.Open(link);

        Assert.Equal(isGood, reader.Page.QuerySelector("form button.pri") is not null);
    }

    // An intruder may have requested it; a new password ends that, too.
    [Fact]
    public async Task A_new_password_ends_what_was_asked_before()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await Ask(ada, New);
        await ada.Open("/account");
        await ada.Send("input[name='Password.NewPassword']", ("Password.NewPassword", "Regenschirm trifft Wendeltreppe"));

        await ada.Open(await LinkOf(await Question()));

        Assert.Contains("abgelaufen", ada.Text, StringComparison.Ordinal);
        Assert.Null(ada.Page.QuerySelector("form button.pri"));
    }

    [Theory]
    [InlineData("not an address", "können wir nicht schreiben")]
    [InlineData("ada@example.org", "hat Ihr Konto bereits")]
    public async Task Refuses_what_cannot_be_meant(string typed, string says)
    {
        using var ada = await TestHub.SignIn(Cast.Ada);

        await Ask(ada, typed);

        Assert.Contains(says, ada.Text, StringComparison.Ordinal);
        Assert.Equal(0, await TestHub.Read(db => db.AddressChanges.CountAsync(Stop)));
    }

    [Fact]
    public async Task Who_came_in_long_ago_is_asked_for_the_password()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        TestHub.Clock.AdvanceMinutes(16);
        await ada.Open("/account");

        await ada.Send("input[name='Address.Email']", ("Address.CurrentPassword", "wrong"), ("Address.Email", "no address"));
        Assert.Equal(2, ada.Page.QuerySelectorAll("[name^='Address.'][aria-invalid=true]").Length); // all that is wrong at once
        await ada.Send("input[name='Address.Email']", ("Address.CurrentPassword", "wrong"), ("Address.Email", New));
        Assert.Equal(0, await TestHub.Read(db => db.AddressChanges.CountAsync(Stop)));
        await ada.Send("input[name='Address.Email']", ("Address.CurrentPassword", WebTestHub.Password), ("Address.Email", New));

        Assert.Equal(1, await TestHub.Read(db => db.AddressChanges.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_member_whose_emails_came_back_gets_them_again_with_a_new_address()
    {
        await TestHub.Lay(new Suppression
        {
            Id = Guid.NewGuid(),
            NormalizedEmail = "ADA@EXAMPLE.ORG",
            Scope = SuppressionScope.Everything,
            Reason = SuppressionReason.HardBounce,
            Since = DigiHub.Tests.TestHub.Opening,
        });
        using var ada = await TestHub.SignIn(Cast.Ada);
        await Ask(ada, New);
        await using (var scope = TestHub.Services.CreateAsyncScope())
            Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop));

        await ada.Open(await LinkOf(await Question()));
        await ada.Send("form button.pri");
        await ada.Open("/account");

        Assert.DoesNotContain("erreichen Sie nicht", ada.Text, StringComparison.Ordinal);
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = DigiHub.Tests.TestHub.Opening;
        evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        var reminder = DueEmails.New(ReminderNotifications.OfEvent, "Ada@example.org", now + Duration.FromDays(2), evt.Start);
        seat = DueEmails.NewRegistration(evt, reminder.SubjectId, "ada@example.org");
        seat.MemberId = Cast.Ada.Id;
        await TestHub.Lay(evt, seat, reminder);
    }

    private static async Task Ask(Reader reader, string email)
    {
        await reader.Open("/account");
        await reader.Send("input[name='Address.Email']", ("Address.Email", email));
    }

    private Task<Notification> Question() => TestHub.Read(db =>
        db.Notifications.AsNoTracking().SingleAsync(notification => notification.Type == MemberNotifications.AddressToConfirm, Stop));

    private async Task<string> LinkOf(Notification question) =>
        (await TestHub.Services.GetRequiredService<EmailLinks>().AccountAddress(question.SubjectId, Stop)).AbsolutePath;

    private Task<Member> Ada() => TestHub.Read(db => db.Members.AsNoTracking().SingleAsync(member => member.Id == Cast.Ada.Id, Stop));
}
