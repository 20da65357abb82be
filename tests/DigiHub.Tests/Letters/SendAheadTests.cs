using DigiHub.Letters;

namespace DigiHub.Tests.Letters;

public abstract class SendAheadTests(TestDatabase database) : HouseTests(database)
{
    [Fact]
    public async Task A_planned_letter_leaves_at_once_and_only_once()
    {
        var letter = Planned(LetterState.Planned);
        await House.Lay(letter);

        var ahead = await House.Get<SendAhead>().Run(letter.Id, actorId: null, Stop);
        await House.Get<DeliverLetters>().Run(Stop);
        House.Clock.AdvanceDays(3);
        await House.Get<DeliverLetters>().Run(Stop);

        Assert.True(ahead.IsDone);
        Assert.Equal(letter.Id, Assert.Single(House.Post.Taken).Id);
    }

    // Its mail bears the date at which it is due, and spam filters look askance at mails from the future.
    [Fact]
    public async Task It_is_due_now()
    {
        var letter = Planned(LetterState.Planned);
        await House.Lay(letter);

        await House.Get<SendAhead>().Run(letter.Id, actorId: null, Stop);

        Assert.Equal(House.Opening, await House.Read(db => db.Letters.Select(row => row.DueAt).SingleAsync(Stop)));
    }

    [Theory]
    [InlineData(LetterState.Sent)]
    [InlineData(LetterState.Cancelled)]
    [InlineData(LetterState.Skipped)]
    public async Task What_is_not_planned_any_more_stays_as_it_is(LetterState state)
    {
        var letter = Planned(state);
        await House.Lay(letter);

        var ahead = await House.Get<SendAhead>().Run(letter.Id, actorId: null, Stop);

        Assert.Equal("not_found", ahead.Refusal?.Code);
        Assert.Equal(0, House.Signal.Count);
    }

    [Fact]
    public async Task What_is_to_come_shows_the_latest_written_first_and_finds_a_recipient()
    {
        await House.Lay(Planned(LetterState.Planned, "ada"), Planned(LetterState.Sent, "bob"), Planned(LetterState.Planned, "grace", laterBy: 1));

        var all = await House.Get<LettersToCome>().Run(null, Stop);
        var ofAda = await House.Get<LettersToCome>().Run(" ADA@example", Stop);

        Assert.Equal(["grace@example.org", "ada@example.org"], all.Select(letter => letter.RecipientEmail!.Shown));
        Assert.Equal("ada@example.org", Assert.Single(ofAda).RecipientEmail!.Shown);
    }

    private static Letter Planned(LetterState state, string name = "ada", int laterBy = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = LetterKind.SignInLink,
        Purpose = $"test:{name}",
        RecipientName = PersonName.Of(name),
        RecipientEmail = EmailAddress.Of($"{name}@example.org"),
        Language = Language.English,
        WrittenAt = DigiHub.Tests.House.Opening + Duration.FromMinutes(laterBy),
        DueAt = DigiHub.Tests.House.Opening + Duration.FromDays(2),
        NextAttemptAt = DigiHub.Tests.House.Opening + Duration.FromDays(2),
        State = state,
    };

    public sealed class OnSqlite(SqliteDatabase database) : SendAheadTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SendAheadTests(database), IClassFixture<PostgresDatabase>;
}
