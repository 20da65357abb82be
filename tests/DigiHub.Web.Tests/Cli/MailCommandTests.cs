using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Cli;

/// <summary>The commands about e-mails.</summary>
public abstract class MailCommandTests(TestDatabase database)
{
    private static readonly Instant Opening = TestHub.Opening;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Explains_what_an_address_got_will_get_and_did_not_get()
    {
        await using var testHub = await TestHub.Open(database);
        var skipped = NewEmail("skipped", NotificationState.Skipped, ReminderNotifications.OfEvent);
        skipped.Reason = NotificationReason.Late;
        await testHub.Lay(
            NewEmail("sent", NotificationState.Sent, BookingNotifications.Confirmed), skipped,
            NewEmail("planned", NotificationState.Planned, ReminderNotifications.OfEvent),
            NewEmail("other", NotificationState.Sent, EventNotifications.Cancelled, "bob@example.org"),
            new Suppression
            {
                Id = Guid.NewGuid(),
                NormalizedEmail = "ADA@EXAMPLE.ORG",
                Scope = SuppressionScope.Reminders,
                Reason = SuppressionReason.Unsubscribed,
                Since = Opening,
            });

        var (code, text) = await Run("mail", "explain", "Ada@example.org");

        Assert.True(code == 0, text);
        Assert.Contains("Blocked:     reminders to this address have been blocked since 2026-11-23 09:00: "
            + "unsubscribed. Unblock only if the person asks you to. http://",
            text, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 09:00  Booking confirmed, sent", text, StringComparison.Ordinal);
        Assert.Contains("Event reminder, skipped: too late to send", text, StringComparison.Ordinal);
        Assert.Contains("Planned (1):", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Event cancelled", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_emails_in_every_state()
    {
        await using var testHub = await TestHub.Open(database);
        await testHub.Lay([.. Enum.GetValues<NotificationState>().Select(state => NewEmail(state.ToString(), state))]);

        var (code, text) = await Run("mail", "explain", "ada@example.org");

        Assert.True(code == 0, text);
        Assert.All(Enum.GetValues<NotificationState>(),
            state => Assert.Contains($"Sign-in link, {state.Words.English.ToLowerInvariant()}", text, StringComparison.Ordinal));
        Assert.Contains("Planned (5):", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requeues_one_or_all_that_failed_since()
    {
        await using var testHub = await TestHub.Open(database);
        var now = Now();
        Notification[] notifications =
            [NewEmail("one", NotificationState.Failed, due: now), NewEmail("two", NotificationState.Failed, due: now), NewEmail("old",
                NotificationState.Failed, due: now - Duration.FromDays(5))];
        await testHub.Lay([.. notifications]);

        var (one, oneText) = await Run("mail", "requeue", notifications[0].Id.ToString());
        var (all, allText) = await Run("mail", "requeue", "--failed", "--since", "2d");
        var (again, againText) = await Run("mail", "requeue", notifications[0].Id.ToString());

        Assert.True(one == 0, oneText);
        Assert.True(all == 0, allText);
        Assert.Contains("1 e-mail will be retried", allText, StringComparison.Ordinal);
        Assert.Equal(1, again);
        Assert.Contains("Only a failed e-mail can be retried", againText, StringComparison.Ordinal);
        Assert.Equal(["old"], await testHub.Read(db => db.Notifications.Where(notification =>
            notification.State == NotificationState.Failed).Select(notification => notification.Purpose).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Requeues_what_was_given_up_for_an_address_and_says_what_stands_in_the_way()
    {
        await using var testHub = await TestHub.Open(database);
        var now = Now();
        var relay = new Relay();
        relay.Pause(RelayTrouble.Refuses, "535 5.7.8 authentication failed", now);
        await testHub.Lay(NewEmail("ada", NotificationState.Failed, email: "Ada@Example.org", due: now - Duration.FromDays(20)),
            NewEmail("bob", NotificationState.Failed, email: "bob@example.org", due: now), relay);

        var (code, text) = await Run("mail", "requeue", "ada@example.org");

        Assert.True(code == 0, text);
        Assert.Contains("1 e-mail will be retried within a minute", text, StringComparison.Ordinal);
        Assert.Contains("Note: no e-mails sent since", text, StringComparison.Ordinal);
        Assert.Contains("rejects the hub: \"535 5.7.8 authentication failed\"", text, StringComparison.Ordinal);
        Assert.Contains("'Resume now' on /admin/outbox", text, StringComparison.Ordinal);
        Assert.Equal(["bob"], await testHub.Read(db => db.Notifications.Where(notification =>
            notification.State == NotificationState.Failed).Select(notification => notification.Purpose).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Requeues_nothing_to_a_suspended_address()
    {
        await using var testHub = await TestHub.Open(database);
        var notification = NewEmail("ada", NotificationState.Failed, due: Now());
        await testHub.Lay(notification, NewSuppression(SuppressionScope.Everything, SuppressionReason.HardBounce));

        foreach (var which in new[] { "ada@example.org", notification.Id.ToString() })
        {
            var (code, text) = await Run("mail", "requeue", which);
            Assert.Equal(1, code);
            Assert.Contains("This address is blocked", text, StringComparison.Ordinal);
        }

        var (all, _) = await Run("mail", "requeue", "--failed");
        Assert.Equal(0, all);
        Assert.Equal(NotificationState.Failed, (await testHub.Read(db => db.Notifications.SingleAsync(Stop))).State);
    }

    [Fact]
    public async Task Knows_no_such_email_and_no_such_address()
    {
        await using var testHub = await TestHub.Open(database);

        var (notification, notificationText) = await Run("mail", "requeue", Guid.NewGuid().ToString());
        var (none, noneText) = await Run("mail", "requeue", "who@example.org");
        var (address, addressText) = await Run("mail", "explain", "who@example.org");

        Assert.Equal((1, 0, 1), (notification, none, address));
        Assert.Contains("No e-mail has this ID. 'mail explain <address>'", notificationText, StringComparison.Ordinal);
        Assert.Contains("No failed e-mails to who@example.org", noneText, StringComparison.Ordinal);
        Assert.Contains("Nothing found for this address", addressText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_that_emails_are_late_although_the_relay_is_well()
    {
        await using var testHub = await TestHub.Open(database);
        await testHub.Lay(NewEmail("late", NotificationState.Planned, due: Now() - Duration.FromMinutes(30)),
            NewEmail("failed", NotificationState.Failed, due: Now()));

        var (code, text) = await Run("mail", "requeue", "--failed");

        Assert.Equal(0, code);
        Assert.Contains("Check that the hub is running. 'doctor' checks", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advises_what_to_do_about_each_email_that_failed()
    {
        await using var testHub = await TestHub.Open(database);
        var failed = NewEmail("failed", NotificationState.Failed);
        failed.Reason = NotificationReason.GaveUp;
        await testHub.Lay(failed);

        var (code, text) = await Run("mail", "explain", "Ada <ada@example.org>"); // as a mail program copies it

        Assert.True(code == 0, text);
        Assert.Contains($"('mail requeue {failed.Id}')", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_is_away_is_told_with_what_to_check()
    {
        await using var testHub = await TestHub.Open(database);
        await testHub.Lay(NewSuppression(SuppressionScope.Reminders, SuppressionReason.ByStaff));

        var (code, text) = await Test(Ports.Free(), "ada@example.org");

        Assert.Equal(69, code);
        Assert.Contains("The mail server cannot be reached. Check that it is running", text, StringComparison.Ordinal);
        Assert.Contains("Note: reminders to this address have been blocked", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody@never.test", null, 1, "not this one")]
    [InlineData("ada@later.test", null, 75, "The mail server asks to try later")]
    [InlineData("ada@example.org", "MAIL reply 550 5.7.1 We do not know you", 78, "The mail server rejects the hub")]
    [InlineData("ada@example.org", null, 0, "accepted it")]
    public async Task Tells_what_the_relay_said_and_what_it_means(string recipient, string? fault, int expected, string means)
    {
        await using var testHub = await TestHub.Open(database);
        await using var relay = await SmtpServer.Start();
        relay.SetFaults(fault is null ? [] : [fault]);

        var (code, text) = await Test(relay.Port, recipient);

        Assert.True(code == expected, text);
        Assert.Contains(means, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    private Task<(int Code, string Text)> Test(int port, string recipient) => HubCommand.Run(
        null, [.. Settings, ("Mail:Mode", "Smtp"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{port}"),
            ("Mail:Security", "None"), ("Mail:From", "hub@example.org")], "mail", "test", recipient);

    private (string, string)[] Settings => database.Options is { IsPostgres: true, Postgres: { } postgres }
        ? [("Database:Postgres", postgres), ("DataFolder", Path.GetTempPath())]
        : [("DataFolder", Path.GetDirectoryName(database.Options.SqliteFile)!)];

#pragma warning disable RS0030 // the commands read the real clock
    private static Instant Now() => SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030

    private static Suppression NewSuppression(SuppressionScope scope, SuppressionReason reason) => new()
    {
        Id = Guid.CreateVersion7(),
        NormalizedEmail = "ADA@EXAMPLE.ORG",
        Scope = scope,
        Reason = reason,
        Since = Opening,
    };

    private Task<(int Code, string Text)> Run(params string[] arguments) => HubCommand.Run(null, Settings, arguments);

    private static Notification NewEmail(string purpose, NotificationState state,
        NotificationType? kind = null, string email = "ada@example.org", Instant? due = null) => new()
        {
            Id = Guid.CreateVersion7(),
            Type = kind ?? MemberNotifications.SignInLink,
            SubjectKind = Member.Subject.Name,
            SubjectId = Guid.CreateVersion7(),
            Purpose = purpose,
            RecipientName = PersonName.Of("Ada"),
            RecipientEmail = EmailAddress.Of(email),
            Language = Language.German,
            WrittenAt = Opening,
            DueAt = due ?? Opening,
            NextAttemptAt = due ?? Opening,
            State = state,
        };

    public sealed class OnSqlite(SqliteDatabase database) : MailCommandTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MailCommandTests(database), IClassFixture<PostgresDatabase>;
}

/// <summary>The same commands where they are misread, or where there is no hub to ask.</summary>
public sealed class MailCommandWordsTests
{
    [Theory]
    [InlineData("e-mail address", "mail", "explain", "nobody at all")]
    [InlineData("e-mail address", "mail", "explain", "nobody")]
    [InlineData("e-mail address", "mail", "test", "ada@")]
    [InlineData("Required argument missing", "mail", "test")]
    [InlineData("Required argument missing", "mail", "explain")]
    [InlineData("Required command was not provided", "mail")]
    [InlineData("Unrecognized command or argument", "mail", "explain", "ada@example.org", "bob@example.org")]
    [InlineData("Give one of these", "mail", "requeue")]
    [InlineData("Give one of these", "mail", "requeue", "nobody at all")]
    [InlineData("Give one of these", "mail", "requeue", "ada@example.org", "--failed")]
    [InlineData("--since must be a day", "mail", "requeue", "--failed", "--since", "yesterday")]
    [InlineData("--since must be a day", "mail", "requeue", "ada@example.org", "--since", "2026-13-01")]
    public async Task Says_what_it_did_not_understand(string says, params string[] arguments)
    {
        var (code, text) = await HubCommand.Run(null, [], arguments);

        Assert.Equal(64, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain", "ada@example.org")]
    [InlineData("requeue", "--failed")]
    public async Task A_database_out_of_reach_is_told_in_two_lines(params string[] arguments)
    {
        var (code, text) = await HubCommand.Run(null,
            [("Database:Postgres", "Host=127.0.0.1;Port=1;Username=x;Database=x"), ("DataFolder", Path.GetTempPath())],
            ["mail", .. arguments]);

        Assert.Equal(69, code);
        Assert.StartsWith("PostgreSQL cannot be used", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("explain", "ada@example.org")]
    [InlineData("requeue", "--failed")]
    public async Task A_folder_without_a_hub_is_told_and_left_as_it_is(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("digihub-none-");

        var (code, text) = await HubCommand.Run(null, [("DataFolder", folder.FullName)], ["mail", .. arguments]);

        Assert.Equal(78, code);
        Assert.Contains("No database found at", text, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
        folder.Delete();
    }
}
