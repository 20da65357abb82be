using DigiHub.Letters;
using DigiHub.Suppressions;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Cli;

/// <summary>The commands about letters, for somebody who was woken at two in the morning.</summary>
public abstract class MailCommandTests(TestDatabase database)
{
    private static readonly Instant Now = House.Opening;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Explains_what_an_address_got_will_get_and_did_not_get()
    {
        await using var house = await House.Open(database);
        var skipped = NewLetter("skipped", LetterState.Skipped, LetterKind.EventReminder);
        skipped.Reason = "late";
        await house.Lay(
            NewLetter("sent", LetterState.Sent, LetterKind.BookingConfirmed), skipped, NewLetter("planned", LetterState.Planned, LetterKind.EventReminder),
            NewLetter("other", LetterState.Sent, LetterKind.EventCancelled, "bob@example.org"),
            new Suppression { Id = Guid.NewGuid(), NormalizedEmail = "ADA@EXAMPLE.ORG", Scope = SuppressionScope.Reminders, Reason = SuppressionReason.Unsubscribed, Since = Now });

        var (code, text) = await Run("mail", "explain", "Ada@example.org");

        Assert.True(code == 0, text);
        Assert.Contains("Suppressed:  Reminders since 2026-11-23 09:00, Unsubscribed", text, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 09:00  Booking confirmed, sent", text, StringComparison.Ordinal);
        Assert.Contains("Reminder of an event, not sent: its time had passed when it could have left", text, StringComparison.Ordinal);
        Assert.Contains("To come (1):", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Event cancelled", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_letters_in_every_state()
    {
        await using var house = await House.Open(database);
        await house.Lay([.. Enum.GetValues<LetterState>().Select(state => NewLetter(state.ToString(), state))]);

        var (code, text) = await Run("mail", "explain", "ada@example.org");

        Assert.True(code == 0, text);
        Assert.All(Enum.GetValues<LetterState>(), state => Assert.Contains($"Sign-in link, {state.Words.English.ToLowerInvariant()}", text, StringComparison.Ordinal));
        Assert.Contains("To come (5):", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requeues_one_or_all_that_failed_since()
    {
        await using var house = await House.Open(database);
#pragma warning disable RS0030 // the command reads the clock on the wall
        var now = SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
        Letter[] letters = [NewLetter("one", LetterState.Failed, due: now), NewLetter("two", LetterState.Failed, due: now), NewLetter("old", LetterState.Failed, due: now - Duration.FromDays(5))];
        await house.Lay([.. letters]);

        var (one, oneText) = await Run("mail", "requeue", letters[0].Id.ToString());
        var (all, allText) = await Run("mail", "requeue", "--failed", "--since", "2d");
        var (again, againText) = await Run("mail", "requeue", letters[0].Id.ToString());

        Assert.True(one == 0, oneText);
        Assert.True(all == 0, allText);
        Assert.Contains("1 letters are tried again", allText, StringComparison.Ordinal);
        Assert.Equal(1, again);
        Assert.Contains("Only a letter that was given up", againText, StringComparison.Ordinal);
        Assert.Equal(["old"], await house.Read(db => db.Letters.Where(letter => letter.State == LetterState.Failed).Select(letter => letter.Purpose).ToListAsync(Stop)));
    }

    [Theory]
    [InlineData("e-mail address", "mail", "explain", "nobody at all")]
    [InlineData("Give either the id", "mail", "requeue")]
    [InlineData("--since is a day", "mail", "requeue", "--failed", "--since", "yesterday")]
    public async Task Says_what_it_did_not_understand(string says, params string[] arguments)
    {
        await using var house = await House.Open(database);

        var (code, text) = await Run(arguments);

        Assert.Equal(1, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    private Task<(int Code, string Text)> Run(params string[] arguments)
    {
        var options = database.Options;
        (string, string)[] settings = options.IsPostgres
            ? [("Database:Postgres", options.Postgres!), ("DataFolder", Path.GetTempPath())]
            : [("DataFolder", Path.GetDirectoryName(options.SqliteFile)!)];
        return HubCommand.Run(null, settings, arguments);
    }

    private static Letter NewLetter(string purpose, LetterState state, LetterKind kind = LetterKind.SignInLink, string email = "ada@example.org", Instant? due = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        Purpose = purpose,
        RecipientName = "Ada",
        RecipientEmail = email,
        Language = Language.German,
        WrittenAt = Now,
        DueAt = due ?? Now,
        NextAttemptAt = due ?? Now,
        State = state,
    };

    public sealed class OnSqlite(SqliteDatabase database) : MailCommandTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MailCommandTests(database), IClassFixture<PostgresDatabase>;
}
