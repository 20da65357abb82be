using DigiHub.Access;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Account;

public sealed class AccountPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string NewSecret = "Regenschirm trifft Wendeltreppe";

    [Fact]
    public async Task Keeps_what_members_say_about_themselves()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Profile.Name']",
            ("Profile.Name", " Ada Neu "), ("Profile.Language", "en"));

        var member = await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop));
        Assert.Equal(("Ada Neu", Language.English), (member.Name, member.Language));
        Assert.Contains("Your details are saved", ada.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Profile.Name", "", "Namen")]
    [InlineData("Profile.Name", "<101>", "höchstens 100")]
    [InlineData("Profile.Language", "fr", "Sprache")]
    public async Task Refuses_what_it_cannot_keep_and_keeps_what_was_typed(string field, string value, string says)
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");
        var typed = value == "<101>" ? new string('x', 101) : value;

        await ada.Send("input[name='Profile.Name']", (field, typed));

        Assert.Contains(says, ada.Text, StringComparison.Ordinal);
        Assert.Equal("Ada", (await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop))).Name);
    }

    [Fact]
    public async Task Keeps_what_members_want_to_be_reminded_of()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Reminders.All']", ("Reminders.All", "true"), ("Reminders.Events", ""),
            ("Reminders.BookingReminder", "120"), ("Reminders.BookingDayBefore", "18:00"), ("Reminders.Digest", "morning 08:00"));

        var member = await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop));
        Assert.Equal((true, false), (member.WantsReminders, member.WantsEventReminders));
        Assert.Equal((120, new LocalTime(18, 0)), (member.BookingReminderMinutesBefore, member.BookingReminderDayBeforeAt));
        Assert.Equal((new LocalTime(8, 0), true), (member.DigestAt, member.DigestOnTheDay));
        Assert.Contains("Ihre Erinnerungen sind gespeichert", ada.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10", 10, "Kalenderalarm gespeichert")]
    [InlineData("0", 0, "Kalenderalarm gespeichert")]
    [InlineData("", null, "Kalenderalarm gespeichert")]
    [InlineData("11", null, "Wählen Sie eine der angebotenen Zeiten")]
    [InlineData("bald", null, "Wählen Sie eine der angebotenen Zeiten")]
    public async Task Keeps_when_the_calendar_itself_is_to_remind(string typed, int? minutesBefore, string says)
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        await ada.Open("/account");

        await ada.Send("select[name='Alarm.MinutesBefore']", ("Alarm.MinutesBefore", typed));

        Assert.Contains(says, ada.Text, StringComparison.Ordinal);
        Assert.Equal(minutesBefore,
            (await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop))).CalendarAlarmMinutesBefore);
    }

    [Theory]
    [InlineData(SuppressionReason.Complaint, "als Spam markiert")]
    [InlineData(SuppressionReason.Unsubscribed, "alle abbestellt")]
    public async Task Says_why_no_reminders_come_and_has_them_come_again(SuppressionReason reason, string says)
    {
        await NoReminders(reason);
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        await ada.Open("/account");
        Assert.Contains(says, ada.Text, StringComparison.Ordinal);
        Assert.False(ada.Page.QuerySelector("input[type=checkbox][name='Reminders.All']")!.HasAttribute("checked"));

        await ada.Send("input[name='Reminders.All']", ("Reminders.All", "true"), ("Reminders.BookingReminder", "120"));

        Assert.Equal(0, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
        Assert.DoesNotContain(says, ada.Text, StringComparison.Ordinal);
        Assert.True(ada.Page.QuerySelector("input[type=checkbox][name='Reminders.All']")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task What_the_staff_stopped_is_said_everywhere_and_theirs_to_start_again()
    {
        await NoReminders(SuppressionReason.ByStaff);
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        var token = (await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Unsubscribe, Cast.Ada.Id);

        foreach (var page in new[] { "/account", $"/unsubscribe/{token}", $"/preferences/{token}" })
        {
            await ada.Open(page);
            Assert.Contains("Unser Team hat alle Erinnerungen", ada.Text, StringComparison.Ordinal);
        }

        await ada.Open($"/unsubscribe/{token}");
        Assert.Null(ada.Page.QuerySelector("main form button"));
    }

    private Task NoReminders(SuppressionReason reason) => TestHub.Lay(new Suppression
    {
        Id = Guid.CreateVersion7(),
        NormalizedEmail = Cast.Ada.NormalizedEmail,
        Scope = SuppressionScope.Reminders,
        Reason = reason,
        Since = DigiHub.Tests.TestHub.Opening,
    });

    [Theory]
    [InlineData("Reminders.BookingReminder", "59")]
    [InlineData("Reminders.BookingReminder", "-1")]
    [InlineData("Reminders.BookingReminder", "99999999999999999999")]
    [InlineData("Reminders.BookingDayBefore", "03:00")]
    [InlineData("Reminders.Digest", "morning 20:00")]
    [InlineData("Reminders.Digest", "noon")]
    public async Task Refuses_reminders_at_times_that_are_not_offered(string field, string value)
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Reminders.All']", (field, value));

        Assert.Contains("angebotenen Zeiten", ada.Text, StringComparison.Ordinal);
        Assert.NotNull(ada.Page.QuerySelector($"#{field.Replace('.', '-').ToLowerInvariant().Insert(0, "f-")}-error"));
        Assert.True((await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop))).WantsEventReminders);
    }

    [Theory]
    [InlineData("role", "Administrator")]
    [InlineData("Profile.Roles", "7")]
    [InlineData("Profile.MemberId", "00000000-0000-0000-0000-000000000000")]
    [InlineData("Profile.Email", "other@example.org")]
    public async Task Ignores_fields_that_are_not_its_own(string field, string value)
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Profile.Name']", (field, value));

        var member = await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop));
        Assert.Equal("ada@example.org", member.Email);
        Assert.False(await TestHub.Read(db => db.RoleGrants.AnyAsync(grant => grant.MemberId == Cast.Ada.Id, Stop)));
    }

    [Fact]
    public async Task Changes_the_password_and_ends_all_other_sessions()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        using var elsewhere = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Password.NewPassword']", ("Password.NewPassword", NewSecret));

        Assert.Contains("Passwort geändert", ada.Text, StringComparison.Ordinal);
        await elsewhere.Open("/account");
        Assert.Equal("/sign-in", elsewhere.Address.AbsolutePath);
        await elsewhere.Send("input[name='Password.Email']", ("Password.Email", Cast.Ada.Email), ("Password.Secret", NewSecret));
        Assert.NotEqual("/sign-in", elsewhere.Address.AbsolutePath);
    }

    [Fact]
    public async Task Asks_for_the_present_password_once_the_sign_in_is_a_while_ago()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        TestHub.Clock.Advance(Duration.FromMinutes(16));
        await ada.Open("/account");

        await ada.Send("input[name='Password.NewPassword']",
            ("Password.CurrentPassword", "nicht das richtige Passwort"), ("Password.NewPassword", "kurz"));
        Assert.Contains("nicht Ihr aktuelles Passwort", ada.Text, StringComparison.Ordinal);
        Assert.Equal(2, ada.Page.QuerySelectorAll("[name^='Password.'][aria-invalid=true]").Length); // all that is wrong at once

        await ada.Send("input[name='Password.NewPassword']",
            ("Password.CurrentPassword", WebTestHub.Password), ("Password.NewPassword", NewSecret));
        Assert.Contains("Passwort geändert", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_a_token_once_and_keeps_its_hash_alone()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Token.TokenName']", ("Token.TokenName", "Türschild"));

        var secret = ada.Page.QuerySelectorAll("main code").Select(code => code.TextContent)
            .Single(text => text.StartsWith("hub_pat_", StringComparison.Ordinal));
        var token = await TestHub.Read(db => db.AccessTokens.SingleAsync(Stop));
        Assert.True(token.Hash.AsSpan().SequenceEqual(RandomToken.Hash(secret)));
        await ada.Open("/account");
        Assert.DoesNotContain(secret, ada.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var tokens = (AccessTokens)TestHub.Services.GetService(typeof(AccessTokens))!;
        Assert.NotNull(await tokens.Find(TokenUse.Api, secret, Stop));
        await ada.Send("button[name='RevokedToken.Id']");
        Assert.Null(await tokens.Find(TokenUse.Api, secret, Stop));
    }

    [Fact]
    public async Task Replaces_the_calendar_address_by_a_new_one_at_once()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");
        var tokens = (AccessTokens)TestHub.Services.GetService(typeof(AccessTokens))!;

        await ada.Send("button[name='Feed.Act'][value='rotate']");
        var first = FeedSecret(ada);
        Assert.NotNull(await tokens.Find(TokenUse.CalendarFeed, first, Stop));
        await ada.Send("button[name='Feed.Act'][value='rotate']");
        var second = FeedSecret(ada);

        Assert.Null(await tokens.Find(TokenUse.CalendarFeed, first, Stop));
        Assert.NotNull(await tokens.Find(TokenUse.CalendarFeed, second, Stop));
        Assert.Null(await tokens.Find(TokenUse.Api, second, Stop)); // no way into the API
    }

    [Fact]
    public async Task Ends_other_sessions_but_never_those_of_others()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        using var ada = await TestHub.SignIn(Cast.Ada);
        using var elsewhere = await TestHub.SignIn(Cast.Ada);
        var bobs = await TestHub.Read(db => db.Sessions.SingleAsync(session => session.MemberId == Cast.Bob.Id, Stop));

        await ada.Open("/account");
        await ada.Send("button[name='Ended.Session'][value='others']", ("Ended.Session", Convert.ToHexString(bobs.Hash)));
        Assert.Equal(3, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));
        await ada.Open("/account");
        await ada.Send("button[name='Ended.Session'][value='others']");

        await elsewhere.Open("/account");
        Assert.Equal("/sign-in", elsewhere.Address.AbsolutePath);
        await bob.Open("/account");
        Assert.Equal("/account", bob.Address.AbsolutePath);
    }

    private static string FeedSecret(Reader reader)
    {
        var address = reader.Page.QuerySelectorAll("main code").Select(code => code.TextContent)
            .Single(text => text.Contains("/feeds/", StringComparison.Ordinal));
        return address[(address.LastIndexOf('/') + 1)..^".ics".Length];
    }
}
