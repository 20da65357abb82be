using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Operations;

namespace DigiHub.Tests.Letters;

public abstract class ForgetLettersTests(TestDatabase database) : HouseTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.House.Opening;

    [Theory]
    [InlineData(29, LetterState.Sent, false)]
    [InlineData(31, LetterState.Sent, true)]
    [InlineData(31, LetterState.Failed, true)]
    [InlineData(31, LetterState.Bounced, true)]
    [InlineData(31, LetterState.Skipped, true)]
    [InlineData(31, LetterState.Cancelled, true)]
    [InlineData(31, LetterState.Planned, false)]
    [InlineData(31, LetterState.Retry, false)]
    public async Task After_thirty_days_a_letter_knows_nobody_any_more(int days, LetterState state, bool forgets)
    {
        var letter = NewLetter("a", days, state);
        await House.Lay(letter, new LetterAttempt { Id = Guid.NewGuid(), LetterId = letter.Id, At = Now, Result = PostResult.Later, Reply = "450 <ada@example.org> later" });

        await House.Get<ForgetLetters>().Run(Stop);

        Assert.Equal(forgets ? 0 : 1, await House.Read(db => db.LetterAttempts.CountAsync(Stop)));
        var kept = await House.Read(db => db.Letters.SingleAsync(Stop));
        Assert.Equal(state, kept.State);
        Assert.Equal(forgets, kept.ForgottenAt is not null);
        Assert.Equal(!forgets, kept.RecipientEmail?.Shown == "Ada@example.org");
        if (forgets)
        {
            Assert.DoesNotContain("Ada", $"{kept.RecipientName}{kept.RecipientEmail}{kept.NormalizedEmail}{kept.NameKey}" + kept.Note + kept.SmtpReply + kept.Reason, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("550 5.1.1", kept.SmtpReply);
        }
    }

    [Fact]
    public async Task Who_knows_the_address_can_still_ask_what_went_there()
    {
        await House.Lay(NewLetter("old", 31, LetterState.Sent), NewLetter("new", 1, LetterState.Sent, "aDA@example.org"), NewLetter("other", 31, LetterState.Sent, "bob@example.org"));
        await House.Get<ForgetLetters>().Run(Stop);

        var explained = await House.Get<ExplainAddress>().Run(EmailAddress.Of(" ada@example.ORG"), Stop);

        Assert.Equal(["new", "old"], explained.Letters.Select(letter => letter.Purpose).Order(StringComparer.Ordinal));
        Assert.Equal(["old"], explained.Letters.Where(letter => letter.ForgottenAt is not null).Select(letter => letter.Purpose));
        Assert.DoesNotContain(explained.Letters, letter => letter.Purpose == "other");
    }

    [Fact]
    public async Task Spellings_of_one_address_are_forgotten_together()
    {
        await House.Lay(NewLetter("one", 31, LetterState.Sent), NewLetter("two", 31, LetterState.Sent, "ada@example.org"));

        var forgotten = await House.Get<ForgetLetters>().Run(Stop);

        Assert.Equal(2, forgotten);
        Assert.Equal(1, await House.Read(db => db.Letters.Select(letter => letter.NormalizedEmail).Distinct().CountAsync(Stop)));
    }

    [Fact]
    public async Task A_letter_written_anew_for_a_purpose_already_forgotten_is_forgotten_all_the_same()
    {
        for (var again = 0; again < 3; again++)
        {
            await House.Lay(NewLetter("one", 31, LetterState.Sent));
            Assert.Equal(1, await House.Get<ForgetLetters>().Run(Stop));
            House.Clock.AdvanceHours(1);
        }

        Assert.Equal(3, await House.Read(db => db.Letters.CountAsync(letter => letter.ForgottenAt != null && letter.RecipientName == null && letter.NameKey == "", Stop)));
    }

    [Fact]
    public async Task Nobody_gets_two_letters_of_one_purpose_though_their_address_is_spelled_twice()
    {
        await House.Lay(NewLetter("one", 1, LetterState.Sent));

        await Assert.ThrowsAsync<DbUpdateException>(() => House.Lay(NewLetter("one", 1, LetterState.Sent, "ADA@example.org")));
    }

    [Fact]
    public async Task The_row_goes_after_four_hundred_days_and_not_before()
    {
        await House.Lay(NewLetter("a", 399, LetterState.Sent), NewLetter("b", 401, LetterState.Sent), NewLetter("waits", 401, LetterState.Planned));

        await House.Get<ForgetLetters>().Run(Stop);

        Assert.Equal(["a", "waits"], await House.Read(db => db.Letters.OrderBy(letter => letter.Purpose).Select(letter => letter.Purpose).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_pseudonym_tells_nothing_without_the_hubs_key()
    {
        var seal = await House.Get<HubSeal>().Get(Stop);

        Assert.Equal(seal.Pseudonym("A"), seal.Pseudonym("A"));
        Assert.NotEqual(seal.Pseudonym("A"), seal.Pseudonym("B"));
        Assert.NotEqual(seal.Pseudonym("A"), new Seal(new byte[32]).Pseudonym("A"));
    }

    private static Letter NewLetter(string purpose, int daysAgo, LetterState state, string email = "Ada@Example.org") => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = LetterKind.EventCancelled,
        Purpose = purpose,
        RecipientName = PersonName.Of("Ada Lovelace"),
        RecipientEmail = EmailAddress.Of(email),
        Language = Language.German,
        Note = "Liebe Ada",
        SmtpReply = "550 5.1.1 <ada@example.org> unknown",
        WrittenAt = Now - Duration.FromDays(daysAgo),
        DueAt = Now - Duration.FromDays(daysAgo),
        NextAttemptAt = Now - Duration.FromDays(daysAgo),
        State = state,
        Reason = state == LetterState.Bounced ? "5.1.1 smtp; 550 <ada@example.org> unknown" : null,
    };

    public sealed class OnSqlite(SqliteDatabase database) : ForgetLettersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ForgetLettersTests(database), IClassFixture<PostgresDatabase>;
}
