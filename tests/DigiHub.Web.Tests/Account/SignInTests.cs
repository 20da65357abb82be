using System.Net;
using DigiHub.Access;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Account;

public abstract class SignInTests(TestDatabase database) : WebHubTests(database)
{
    protected override WebTestHubOptions Options => new()
    {
        Limits = true,
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Limits:FailedSignInsPer15Minutes"] = "3",
            ["Limits:EmailsPerHourAndAddress"] = "3",
        },
    };

    [Fact]
    public async Task Ends_the_session_on_the_server_at_sign_out()
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.English);
        await ada.Open("/account");
        Assert.Equal("/account", ada.Address.AbsolutePath);
        var cookie = (await TestHub.Read(db => db.Sessions.SingleAsync(Stop))).Hash;

        await ada.Send("form[action='/sign-out'] button");

        Assert.False(await TestHub.Read(db => db.Sessions.AnyAsync(session => session.Hash == cookie, Stop)));
        await ada.Open("/account");
        Assert.Equal("/sign-in", ada.Address.AbsolutePath);
    }

    [Fact]
    public async Task Starts_a_new_session_at_every_sign_in_and_ends_the_one_before()
    {
        using var reader = await TestHub.SignIn(Cast.Ada);
        var first = await TestHub.Read(db => db.Sessions.AsNoTracking().SingleAsync(Stop));

        await reader.Open("/sign-in");
        await reader.Send("input[name='Password.Email']", ("Password.Email", Cast.Ada.Email), ("Password.Secret", WebTestHub.Password));

        var second = await TestHub.Read(db => db.Sessions.AsNoTracking().SingleAsync(Stop));
        Assert.False(first.Hash.AsSpan().SequenceEqual(second.Hash));
    }

    [Fact]
    public async Task Lets_a_disabled_member_do_nothing_from_the_next_request_on()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await using (var db = TestHub.OpenDb())
            await db.Members.Where(member => member.Id == Cast.Bob.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(member => member.DisabledAt, Instant.FromUtc(2026, 1, 1, 0, 0)), Stop);

        await bob.Open("/account");

        Assert.Equal("/sign-in", bob.Address.AbsolutePath);
    }

    [Theory]
    [InlineData("Ada", 11, 59, true)]
    [InlineData("Ada", 12, 1, false)]
    [InlineData("Alan", 0, 59, true)]
    [InlineData("Alan", 1, 1, false)]
    public async Task Ends_an_idle_session(string name, int hours, int minutes, bool stands)
    {
        using var reader = await TestHub.SignIn(Cast.Members.Single(member => member.Name.Text == name));

        TestHub.Clock.Advance(Duration.FromHours(hours) + Duration.FromMinutes(minutes));
        await reader.Open("/account");

        Assert.Equal(stands ? "/account" : "/sign-in", reader.Address.AbsolutePath);
    }

    [Fact]
    public async Task Ends_a_busy_session_after_thirty_days_all_the_same()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        for (var day = 0; day < 59; day++)
        {
            TestHub.Clock.Advance(Duration.FromHours(11.9));
            await ada.Open("/account");
        }

        Assert.Equal("/account", ada.Address.AbsolutePath);
        TestHub.Clock.Advance(Duration.FromDays(1));
        await ada.Open("/account");
        Assert.Equal("/sign-in", ada.Address.AbsolutePath);
    }

    [Fact]
    public async Task Answers_a_wrong_password_and_an_unknown_address_alike()
    {
        await TestHub.GivePassword(Cast.Ada);
        using var one = TestHub.NewReader();
        using var other = TestHub.NewReader();
        using var third = TestHub.NewReader();

        await Try(one, "ada@example.org", "gar nicht das richtige");
        await Try(other, "nobody@example.org", "gar nicht das richtige");
        await Try(third, "bob@example.org", "gar nicht das richtige"); // has no password

        Assert.Equal(one.Status, other.Status);
        Assert.Equal(WithoutAddress(one), WithoutAddress(other));
        Assert.Equal(WithoutAddress(one), WithoutAddress(third));
        Assert.Contains("oder Passwort ist falsch", one.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_alike_whether_a_link_is_sent_or_not()
    {
        using var one = TestHub.NewReader();
        using var other = TestHub.NewReader();

        await AskForLink(one, "ada@example.org");
        await AskForLink(other, "nobody@example.org");

        Assert.Equal(one.Status, other.Status);
        Assert.Equal(WithoutAddress(one), WithoutAddress(other));
        Assert.Equal("ada@example.org", (await TestHub.Read(db => db.Notifications.SingleAsync(Stop))).RecipientEmail);
    }

    [Fact]
    public async Task Slows_guesses_at_one_account_but_not_at_others()
    {
        await TestHub.GivePassword(Cast.Ada);
        await TestHub.GivePassword(Cast.Bob);
        using var thief = TestHub.NewReader(Language.English);
        for (var attempt = 0; attempt < 3; attempt++)
            await Try(thief, "ada@example.org", $"guess number {attempt} of many");

        await Try(thief, "ada@example.org", WebTestHub.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, thief.Status);
        Assert.Contains("Too many attempts", thief.Text, StringComparison.Ordinal);

        using var bob = TestHub.NewReader();
        await Try(bob, "bob@example.org", WebTestHub.Password);
        Assert.NotEqual("/sign-in", bob.Address.AbsolutePath);
    }

    [Fact]
    public async Task Sends_at_most_three_links_an_hour_to_one_address_known_or_not()
    {
        foreach (var address in new[] { "ada@example.org", "nobody@example.org" })
        {
            using var reader = TestHub.NewReader();
            for (var time = 0; time < 3; time++)
            {
                await AskForLink(reader, address);
                Assert.Equal(HttpStatusCode.OK, reader.Status);
            }

            await AskForLink(reader, address);
            Assert.Equal(HttpStatusCode.TooManyRequests, reader.Status);
        }

        Assert.Equal(3, await TestHub.Read(db => db.Notifications.CountAsync(Stop)));
    }

    [Fact]
    public async Task Signs_in_by_a_link_once_and_only_with_its_button()
    {
        using var ada = TestHub.NewReader(Language.English);
        var link = await LinkFor(ada);

        await ada.Open(link);
        Assert.Equal(0, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));
        await ada.Send("main form");
        Assert.Equal(1, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));

        using var thief = TestHub.NewReader(Language.English);
        await thief.Open(link);
        await thief.Send("main form");
        Assert.Contains("has been used", thief.Text, StringComparison.Ordinal);
        Assert.Equal(1, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public async Task Takes_a_link_for_fifteen_minutes(int minutes, bool works)
    {
        using var ada = TestHub.NewReader();
        var link = await LinkFor(ada);

        TestHub.Clock.Advance(Duration.FromMinutes(minutes));
        await ada.Open(link);
        await ada.Send("main form");

        Assert.Equal(works ? 1 : 0, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));
    }

    [Fact]
    public async Task Takes_no_link_that_it_did_not_sign()
    {
        using var reader = TestHub.NewReader();
        foreach (var wrong in new[] { "x", new string('A', 43), new string('A', 300), Guid.NewGuid().ToString(), "%00", "..%2f" })
        {
            await reader.Open("/sign-in/link/" + wrong);
            if (reader.Page.QuerySelector("main form") is not null)
                await reader.Send("main form");
            Assert.True((int)reader.Status < 500, $"{wrong}: {reader.Status}");
        }

        Assert.Equal(0, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));
    }

    [Fact]
    public async Task Has_no_demo_sign_in_outside_demo_mode()
    {
        using var reader = TestHub.NewReader();
        await reader.Open("/sign-in");

        Assert.Null(reader.Page.QuerySelector("form[action='/sign-in/demo']"));
        using var client = TestHub.NewClient();
        using var answer = await client.PostAsync(new Uri("/sign-in/demo", UriKind.Relative), content: null, Stop);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);
        Assert.Equal(0, await TestHub.Read(db => db.Sessions.CountAsync(Stop)));
    }

    private static async Task Try(Reader reader, string email, string password)
    {
        await reader.Open("/sign-in");
        await reader.Send("input[name='Password.Email']", ("Password.Email", email), ("Password.Secret", password));
    }

    private static async Task AskForLink(Reader reader, string email)
    {
        await reader.Open("/sign-in");
        await reader.Send("input[name='Link.Email']", ("Link.Email", email));
    }

    private async Task<string> LinkFor(Reader reader)
    {
        await AskForLink(reader, "ada@example.org");
        var notification = await TestHub.Read(db => db.Notifications.SingleAsync(Stop));
        var token = await TestHub.Read(db => TokenSigner.Load(db, TestHub.Clock, Stop));
        return "/sign-in/link/" + token.Close(TokenPurpose.SignIn, notification.SubjectId);
    }

    /// <summary>What the page says, without what was typed and without the tokens of its forms.</summary>
    private static string WithoutAddress(Reader reader)
    {
        foreach (var input in reader.Page.QuerySelectorAll("input[name='__RequestVerificationToken'], input[type='email']"))
            input.RemoveAttribute("value");
        return reader.Page.DocumentElement.OuterHtml;
    }

    public sealed class OnSqlite(SqliteDatabase database) : SignInTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SignInTests(database), IClassFixture<PostgresDatabase>
    {
        [Fact]
        public async Task Does_not_say_signed_out_when_the_database_was_too_busy_to_end_the_session()
        {
            TestHub.Expect("Gave up a write");
            TestHub.Expect("POST /sign-out could not be served");
            using var ada = await TestHub.SignIn(Cast.Ada, Language.English);
            await ada.Open("/account");
            await using (var db = TestHub.OpenDb())
            {
                await using var holding = await db.Database.BeginTransactionAsync(Stop);
                await db.Database.ExecuteSqlRawAsync("SELECT 1 FROM sessions FOR UPDATE", Stop);
                await ada.Send("form[action='/sign-out'] button");
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, ada.Status);
            await ada.Open("/account");
            Assert.Equal("/account", ada.Address.AbsolutePath);
        }
    }
}
