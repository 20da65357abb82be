using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Suppressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Tests.Letters;

public abstract class DeliverLettersTests(TestDatabase database) : HouseTests(database)
{
    private static readonly Instant Due = House.Opening;

    [Fact]
    public async Task Sends_what_is_due_once_and_the_longest_due_first()
    {
        await House.Lay(NewLetter("second", due: Due), NewLetter("first", due: Due - Duration.FromHours(1)), NewLetter("not yet", due: Due + Duration.FromSeconds(10)));

        var first = await Deliver();
        var again = await Deliver();

        Assert.Equal((2, 0), (first, again));
        Assert.Equal(["first", "second"], House.Post.Taken.Select(letter => letter.Purpose).Order(StringComparer.Ordinal));
        Assert.Equal(LetterState.Planned, (await Find("not yet")).State);
    }

    [Fact]
    public async Task Works_through_more_than_a_handful()
    {
        await House.Lay([.. Enumerable.Range(0, 250).Select(i => NewLetter($"letter {i}"))]);

        var sent = await Deliver();

        Assert.Equal(250, sent);
        Assert.Equal(250, House.Post.Taken.Select(letter => letter.Id).Distinct().Count());
    }

    [Fact]
    public async Task Several_runs_at_once_share_the_work()
    {
        await House.Lay([.. Enumerable.Range(0, 300).Select(i => NewLetter($"letter {i}"))]);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Deliver)));

        Assert.Equal(300, sent.Sum());
        Assert.Equal(300, House.Post.Taken.Count);
        Assert.Equal(300, House.Post.Taken.Select(letter => letter.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(-1, LetterState.Sent)]
    [InlineData(0, LetterState.Sent)]
    [InlineData(1, LetterState.Skipped)]
    public async Task Skips_what_is_past_its_last_moment(int secondsLate, LetterState expected)
    {
        await House.Lay(NewLetter("reminder", notAfter: Due - Duration.FromSeconds(secondsLate)));

        await Deliver();

        var letter = await Find("reminder");
        Assert.Equal(expected, letter.State);
        Assert.Equal(expected == LetterState.Skipped ? "late" : null, letter.Reason);
    }

    [Fact]
    public async Task Sends_what_a_weekend_without_power_left_only_if_it_still_helps()
    {
        await House.Lay(NewLetter("friday's reminder", LetterKind.EventReminder, notAfter: Due + Duration.FromHours(6)), NewLetter("confirmation"));

        House.Clock.AdvanceHours(60);
        await Deliver();

        Assert.Equal("late", (await Find("friday's reminder")).Reason);
        Assert.Equal(LetterState.Sent, (await Find("confirmation")).State);
    }

    [Fact]
    public async Task Looks_at_the_world_again_before_a_letter_leaves()
    {
        await House.Lay(NewLetter("true"), NewLetter("untrue", LetterKind.EventReminder));

        await Deliver();

        var letter = await Find("untrue");
        Assert.Equal((LetterState.Skipped, "moved"), (letter.State, letter.Reason));
        Assert.Equal("true", Assert.Single(House.Post.Taken).Purpose);
    }

    [Theory]
    [InlineData(LetterKind.BookingConfirmed, "1 5 15 60 240 720 1440")]
    [InlineData(LetterKind.BookingReminder, "1 5 15 60 180 180 180 180 180 180 180 180 180 180 180 180 180 180 180")]
    public async Task Comes_back_after_ever_longer_waits_that_differ_a_little_and_gives_up_in_the_end(LetterKind kind, string minutes)
    {
        await House.Lay(NewLetter("letter", kind));
        House.Post.Answer = _ => new(PostResult.Later, "451 Please try again later");

        var waits = new List<double>();
        while (await Deliver() == 0 && await Find("letter") is { State: LetterState.Retry } waiting)
        {
            waits.Add((waiting.NextAttemptAt - House.Clock.GetCurrentInstant()).TotalMinutes);
            House.Clock.Reset(waiting.NextAttemptAt);
        }

        var expected = minutes.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var letter = await Find("letter");
        Assert.Equal(expected.Count, waits.Count);
        Assert.All(expected.Zip(waits), pair => Assert.InRange(pair.Second, pair.First, pair.First * 1.2));
        Assert.Contains(expected.Zip(waits), pair => pair.Second > pair.First);
        Assert.Equal((LetterState.Failed, "gave_up", expected.Count + 1), (letter.State, letter.Reason, letter.Attempts));
        Assert.Equal("451 Please try again later", letter.SmtpReply);
    }

    [Fact]
    public async Task A_reminder_is_not_tried_beyond_its_last_moment()
    {
        await House.Lay(NewLetter("reminder", LetterKind.BookingReminder, notAfter: Due + Duration.FromMinutes(3)));
        House.Post.Answer = _ => new(PostResult.Later, "451 Please try again later");

        await Deliver();
        House.Clock.AdvanceSeconds(75);
        await Deliver();
        House.Clock.AdvanceMinutes(6);
        await Deliver();

        var letter = await Find("reminder");
        Assert.Equal((LetterState.Skipped, "late", 2), (letter.State, letter.Reason, letter.Attempts));
    }

    [Fact]
    public async Task Does_not_try_again_what_is_refused_for_good_and_goes_on_with_the_others()
    {
        await House.Lay(NewLetter("a"), NewLetter("refused"), NewLetter("z"));
        House.Post.Answer = letter => letter.Purpose == "refused" ? new(PostResult.Never, "550 No such mailbox") : new(PostResult.Taken, "250 OK");

        await Deliver();
        House.Clock.AdvanceHours(24);
        await Deliver();

        var letter = await Find("refused");
        Assert.Equal((LetterState.Failed, "refused", 1), (letter.State, letter.Reason, letter.Attempts));
        Assert.Equal(2, House.Post.Taken.Count);
    }

    [Fact]
    public async Task Goes_on_when_writing_one_letter_throws()
    {
        await House.Lay(NewLetter("a"), NewLetter("broken"), NewLetter("z"));
        House.Post.Answer = letter => letter.Purpose == "broken" ? throw new InvalidOperationException("a bug") : new(PostResult.Taken, "250 OK");

        var sent = await Deliver();

        Assert.Equal(2, sent);
        Assert.Equal((LetterState.Retry, "unknown"), StateAndReason(await Find("broken")));
    }

    [Theory]
    [InlineData(PostResult.RelayAway)]
    [InlineData(PostResult.RelayRefuses)]
    public async Task Burns_no_attempt_and_asks_no_more_while_the_relay_is_gone(PostResult gone)
    {
        await House.Lay([.. Enumerable.Range(0, 50).Select(i => NewLetter($"letter {i}"))]);
        var asked = 0;
        House.Post.Answer = _ =>
        {
            Interlocked.Increment(ref asked);
            return new(gone, "535 Authentication failed");
        };

        var sent = await Deliver();

        Assert.Equal(0, sent);
        Assert.InRange(asked, 1, 4);
        Assert.All(await All(), letter => Assert.Equal((LetterState.Planned, 0), (letter.State, letter.Attempts)));

        House.Post.Answer = _ => new(PostResult.Taken, "250 OK");
        House.Clock.AdvanceMinutes(5);
        Assert.Equal(50, await Deliver());
    }

    [Fact]
    public async Task Takes_up_an_old_claim_of_a_dead_worker_and_sends_it_once()
    {
        await House.Lay(InHand("letter", LetterState.Claimed, Duration.FromMinutes(2)));

        Assert.Equal(0, await Deliver());
        House.Clock.AdvanceSeconds(1);
        Assert.Equal(1, await Deliver());
        Assert.Equal(LetterState.Sent, (await Find("letter")).State);
    }

    [Theory]
    [InlineData(LetterKind.BookingConfirmed)]
    [InlineData(LetterKind.EventReminder)]
    public async Task Sends_once_more_what_a_worker_died_over_so_that_nobody_misses_it(LetterKind kind)
    {
        await House.Lay(InHand("letter", LetterState.Sending, Duration.FromMinutes(10), kind));

        Assert.Equal(0, await Deliver());
        House.Clock.AdvanceSeconds(1);
        Assert.Equal(1, await Deliver());

        var letter = await Find("letter");
        Assert.Equal((LetterState.Sent, 1), (letter.State, letter.UncertainCount));
        Assert.NotNull(letter.UncertainAt);
    }

    [Fact]
    public async Task Sends_no_letter_a_third_time_that_one_process_after_the_other_died_over()
    {
        var poison = InHand("letter", LetterState.Sending, Duration.FromMinutes(11));
        poison.UncertainCount = 1;
        await House.Lay(poison);

        Assert.Equal(0, await Deliver());

        Assert.Equal((LetterState.Failed, "unknown"), StateAndReason(await Find("letter")));
    }

    // Somebody sets the clock of the machine: what is in hand looks as if it had been dropped long ago.
    [Fact]
    public async Task Sends_a_letter_once_though_the_clock_jumps_ahead_while_it_leaves()
    {
        await House.Lay(NewLetter("reminder", LetterKind.EventReminder), NewLetter("confirmation"));
        House.Post.WhileItLeaves = async _ =>
        {
            House.Post.WhileItLeaves = null;
            House.Clock.AdvanceHours(1);
            await Deliver();
        };

        await Deliver();
        House.Clock.AdvanceHours(1);
        await Deliver();

        Assert.Equal(["confirmation", "reminder"], House.Post.Taken.Select(letter => letter.Purpose).Order(StringComparer.Ordinal));
        Assert.All([await Find("reminder"), await Find("confirmation")], letter => Assert.Equal((LetterState.Sent, 0), (letter.State, letter.UncertainCount)));
    }

    [Fact]
    public async Task A_refusal_of_the_reader_is_counted_against_the_address_and_one_of_the_letter_is_not()
    {
        await House.Lay(NewLetter("no such reader", to: "gone@example.org"), NewLetter("no such letter", to: "ada@example.org"));
        House.Post.Answer = letter => letter.Purpose == "no such reader"
            ? new(PostResult.NoSuchReader, "550 5.1.1 No such mailbox")
            : new(PostResult.Never, "554 5.6.0 Message content rejected");

        await Deliver();

        var suppressed = await House.Read(db => db.Suppressions.AsNoTracking().ToListAsync(Stop));
        Assert.Equal("GONE@EXAMPLE.ORG", Assert.Single(suppressed).NormalizedEmail);
        Assert.All(await All(), letter => Assert.Equal((LetterState.Failed, "refused"), StateAndReason(letter)));
    }

    [Fact]
    public async Task Sends_a_service_letter_again_when_the_line_broke_before_the_answer_but_only_once()
    {
        await House.Lay(NewLetter("letter", LetterKind.BookingConfirmed));
        House.Post.Answer = _ => new(PostResult.Unknown, "the line broke");

        await Deliver();
        var uncertain = await Find("letter");
        House.Clock.AdvanceMinutes(1);
        await Deliver();
        var final = await Find("letter");

        Assert.Equal((LetterState.Retry, "unknown"), StateAndReason(uncertain));
        Assert.Equal((LetterState.Failed, "unknown"), StateAndReason(final));
    }

    [Theory]
    [InlineData(LetterKind.BookingReminder)]
    [InlineData(LetterKind.EventReminder)]
    public async Task Does_not_send_a_reminder_again_when_the_line_broke_before_the_answer(LetterKind kind)
    {
        await House.Lay(NewLetter("letter", kind));
        House.Post.Answer = _ => new(PostResult.Unknown, "the line broke");

        await Deliver();

        Assert.Equal((LetterState.Failed, "unknown"), StateAndReason(await Find("letter")));
    }

    [Fact]
    public async Task Lets_go_of_a_letter_withdrawn_while_it_was_in_hand()
    {
        await House.Lay(NewLetter("withdrawn in hand"));

        var sent = await Deliver();

        Assert.Equal(0, sent);
        Assert.Equal((LetterState.Cancelled, "undone"), StateAndReason(await Find("withdrawn in hand")));
    }

    [Fact]
    public async Task What_is_withdrawn_between_queue_and_post_never_leaves_however_close_the_race()
    {
        await House.Lay([.. Enumerable.Range(0, 200).Select(i => NewLetter($"letter {i}"))]);
        var deliver = Task.Run(async () => await Deliver() + await Deliver());

        var withdrawn = new List<string>();
        foreach (var number in Enumerable.Range(0, 200).OrderByDescending(i => i))
        {
            if (await House.Read(db => db.Letters.Where(letter => letter.Purpose == $"letter {number}").Withdraw("undone", Stop)) == 1)
                withdrawn.Add($"letter {number}");
        }

        var sent = await deliver;

        Assert.Empty(House.Post.Taken.Select(letter => letter.Purpose).Intersect(withdrawn));
        Assert.Equal(200, sent + withdrawn.Count);
        Assert.All(await All(), letter => Assert.Contains(letter.State, new[] { LetterState.Sent, LetterState.Cancelled }));
    }

    [Theory]
    [InlineData(LetterState.Planned, 1)]
    [InlineData(LetterState.Retry, 1)]
    [InlineData(LetterState.Claimed, 1)]
    [InlineData(LetterState.Sending, 0)]
    [InlineData(LetterState.Sent, 0)]
    public async Task A_letter_can_be_withdrawn_until_it_begins_to_leave(LetterState state, int withdrawn)
    {
        await House.Lay(InHand("letter", state, Duration.Zero));

        var count = await House.Read(db => db.Letters.Withdraw("undone", Stop));

        Assert.Equal(withdrawn, count);
    }

    [Fact]
    public async Task Knows_when_the_next_letter_is_due()
    {
        Assert.Null(await House.Read(db => db.Letters.NextDue(Due, Stop)));
        await House.Lay(NewLetter("now"), NewLetter("later", due: Due + Duration.FromHours(1)), NewLetter("soon", due: Due + Duration.FromSeconds(10)));

        var next = await House.Read(db => db.Letters.NextDue(Due, Stop));

        Assert.Equal(Due + Duration.FromSeconds(10), next);
    }

    protected override void Furnish(IServiceCollection services) => services
        .RemoveAll<ILetterCheck>()
        .AddScoped<ILetterCheck, MovedCheck>()
        .AddScoped<ILetterCheck, WithdrawingCheck>();

    private async Task<int> Deliver() => await House.Get<DeliverLetters>().Run(Stop);

    private Task<Letter> Find(string purpose) => House.Read(db => db.Letters.AsNoTracking().SingleAsync(letter => letter.Purpose == purpose, Stop));

    private Task<List<Letter>> All() => House.Read(db => db.Letters.AsNoTracking().ToListAsync(Stop));

    private static (LetterState, string?) StateAndReason(Letter letter) => (letter.State, letter.Reason);

    private static Letter NewLetter(
        string purpose, LetterKind kind = LetterKind.RegistrationConfirmed, Instant? due = null, Instant? notAfter = null, string to = "ada@example.org") => new()
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Purpose = purpose,
            RecipientName = PersonName.Of("Ada"),
            RecipientEmail = EmailAddress.Of(to),
            Language = Language.German,
            WrittenAt = Due,
            DueAt = due ?? Due,
            NextAttemptAt = due ?? Due,
            NotAfter = notAfter,
        };

    private static Letter InHand(string purpose, LetterState state, Duration since, LetterKind kind = LetterKind.RegistrationConfirmed)
    {
        var letter = NewLetter(purpose, kind);
        (letter.State, letter.ClaimedAt) = (state, Due - since);
        return letter;
    }

    /// <summary>Finds whatever is called untrue to be moved.</summary>
    private sealed class MovedCheck : ILetterCheck
    {
        public bool Concerns(LetterKind kind) => kind == LetterKind.EventReminder;

        public Task<string?> WhyNot(HubDb db, Letter letter, Instant now, CancellationToken stop) =>
            Task.FromResult(letter.Purpose == "untrue" ? "moved" : null);
    }

    /// <summary>Somebody presses Undo just when the letter is being looked at.</summary>
    private sealed class WithdrawingCheck : ILetterCheck
    {
        public bool Concerns(LetterKind kind) => true;

        public async Task<string?> WhyNot(HubDb db, Letter letter, Instant now, CancellationToken stop)
        {
            if (letter.Purpose == "withdrawn in hand")
                await db.Letters.Where(row => row.Id == letter.Id).Withdraw("undone", stop);
            return null;
        }
    }

    public sealed class OnSqlite(SqliteDatabase database) : DeliverLettersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : DeliverLettersTests(database), IClassFixture<PostgresDatabase>;
}
