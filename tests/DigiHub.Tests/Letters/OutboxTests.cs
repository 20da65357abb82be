using DigiHub.Letters;

namespace DigiHub.Tests.Letters;

public abstract class OutboxTests(TestDatabase database) : HouseTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.House.Opening;
    private int written;

    [Fact]
    public async Task Shows_the_latest_written_first_page_by_page_and_each_once()
    {
        var letters = Enumerable.Range(0, 7).Select(i => NewLetter($"{i}", writtenAfter: i)).ToArray();
        await House.Lay([.. letters.OrderBy(letter => letter.Purpose[^1] * 7 % 5)]);

        List<string> seen = [];
        OutboxMark? after = null;
        do
        {
            var page = await House.Get<Outbox>().Run(new OutboxQuery { Size = 3, After = after }, Stop);
            seen.AddRange(page.Letters.Select(letter => letter.Purpose));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], seen);
    }

    [Theory]
    [InlineData(LetterState.Planned, "0123456")]
    [InlineData(LetterState.Retry, "0123456")]
    [InlineData(LetterState.Failed, "6543210")]
    [InlineData(LetterState.Sent, "6543210")]
    public async Task Lists_what_waits_by_when_it_goes_and_what_is_done_the_latest_first(LetterState state, string order)
    {
        // Written in another order than they go; two at the same moment.
        var letters = Enumerable.Range(0, 7).Select(i => NewLetter($"{i}", state, dueAfterDays: i < 3 ? i : i - 1, writtenAfter: i is 2 or 3 ? i : 70 - i)).ToArray();
        await House.Lay([.. letters, NewLetter("other", LetterState.Cancelled)]);

        var seen = "";
        OutboxMark? after = null;
        do
        {
            var page = await House.Get<Outbox>().Run(new OutboxQuery { States = [state], Size = 2, After = OutboxMark.Parse(after?.Written) }, Stop);
            seen += string.Concat(page.Letters.Select(letter => letter.Purpose));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(order, seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("x.0198b1a0000070008000000000000001")]
    [InlineData("9223372036854775807.0198b1a0000070008000000000000001")]
    public void A_mark_that_is_none_is_the_beginning(string? text) => Assert.Null(OutboxMark.Parse(text));

    [Fact]
    public async Task A_whole_address_is_found_in_any_spelling_and_where_it_is_forgotten()
    {
        var old = NewLetter("old", LetterState.Sent, dueAfterDays: -40);
        await House.Lay(old, NewLetter("new", LetterState.Sent), NewLetter("other", LetterState.Sent, name: "Margrace"));
        await House.Get<ForgetLetters>().Run(Stop);

        Assert.Equal(["old", "new"], (await Found(new() { Recipient = "Grace@Example.ORG" })).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["new", "other"], (await Found(new() { Recipient = "grace@" })).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tells_what_was_given_up_within_a_day_by_reason_and_since_when()
    {
        Letter[] failed = [NewLetter("a", LetterState.Failed), NewLetter("b", LetterState.Failed), NewLetter("c", LetterState.Failed), NewLetter("old", LetterState.Failed, dueAfterDays: -2)];
        foreach (var (letter, i) in failed.Select((letter, i) => (letter, i)))
            letter.Reason = i == 0 ? "unknown" : "refused";
        failed[1].NextAttemptAt = Now - Duration.FromHours(3);
        var back = NewLetter("back", LetterState.Bounced, dueAfterDays: -4);
        (back.BouncedAt, back.Reason) = (Now - Duration.FromHours(5), "5.1.1 <grace@example.org> unknown");
        await House.Lay([.. failed, back]);

        var given = await House.Get<LettersGivenUp>().Run(Stop);

        Assert.Equal(
            [
                new GivenUp(LetterState.Failed, "refused", 2, Now - Duration.FromHours(3)), new GivenUp(LetterState.Bounced, ForgetLetters.CameBack, 1, Now - Duration.FromHours(5)),
                new GivenUp(LetterState.Failed, "unknown", 1, Now),
            ],
            given);
    }

    [Fact]
    public async Task Finds_by_state_kind_recipient_event_and_day()
    {
        var eventId = Guid.NewGuid();
        var failed = NewLetter("failed", LetterState.Failed, name: "Ada");
        failed.Reason = "refused";
        await House.Lay(
            failed,
            NewLetter("reminder", LetterState.Sent, LetterKind.EventReminder, "Bob", eventId),
            NewLetter("later", LetterState.Planned, dueAfterDays: 3));

        Assert.Equal(["failed"], await Found(new() { States = [LetterState.Failed, LetterState.Skipped] }));
        Assert.Equal(["reminder"], await Found(new() { Kind = LetterKind.EventReminder }));
        Assert.Equal(["failed"], await Found(new() { Reason = "refused" }));
        Assert.Empty(await Found(new() { Reason = "unknown" }));
        Assert.Equal(["failed"], await Found(new() { Recipient = " aDA@EXAMPLE " }));
        Assert.Equal(["reminder"], await Found(new() { Recipient = "BOB" }));
        Assert.Equal(["reminder"], await Found(new() { EventId = eventId }));
        Assert.Equal(["later"], await Found(new() { DueFrom = Now + Duration.FromDays(3) }));
        Assert.Equal(["failed", "reminder"], (await Found(new() { DueUntil = Now + Duration.FromDays(3) })).Order(StringComparer.Ordinal));
        Assert.Empty(await Found(new() { Recipient = "100%_" }));
    }

    [Fact]
    public async Task Counts_by_state()
    {
        await House.Lay(NewLetter("a", LetterState.Sent), NewLetter("b", LetterState.Sent), NewLetter("c", LetterState.Failed));

        var counts = await House.Get<Outbox>().Counts(Stop);

        Assert.Equal(new Dictionary<LetterState, int> { [LetterState.Sent] = 2, [LetterState.Failed] = 1 }, counts);
    }

    [Fact]
    public void Every_state_has_a_name() => Assert.All(Enum.GetValues<LetterState>(), state => Assert.NotEmpty(state.Words.English + state.Words.German));

    [Fact]
    public async Task Stops_a_letter_that_waits_and_says_who_did()
    {
        var letter = NewLetter("a");
        await House.Lay(letter);

        var stopped = await House.Get<StopLetter>().Run(letter.Id, Cast.Alan.Id, Stop);
        await House.Get<DeliverLetters>().Run(Stop);

        Assert.True(stopped.IsDone);
        Assert.Empty(House.Post.Taken);
        var found = await House.Get<Outbox>().Find(letter.Id, Stop);
        Assert.Equal((LetterState.Cancelled, "stopped"), (found!.Letter.State, found.Letter.Reason));
        Assert.Equal((Cast.Alan.Id, "letter.stopped"), (found.Acts[0].ActorId, found.Acts[0].Act));
    }

    [Theory]
    [InlineData(LetterState.Sending)]
    [InlineData(LetterState.Sent)]
    [InlineData(LetterState.Failed)]
    public async Task Does_not_stop_what_has_left(LetterState state)
    {
        var letter = NewLetter("a", state);
        await House.Lay(letter);

        var stopped = await House.Get<StopLetter>().Run(letter.Id, Cast.Alan.Id, Stop);

        Assert.Equal("letter_has_left", stopped.Refusal?.Code);
        Assert.Equal("not_found", (await House.Get<StopLetter>().Run(Guid.NewGuid(), Cast.Alan.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Sends_a_letter_that_was_given_up_once_more_as_if_it_were_new()
    {
        var letter = NewLetter("a", LetterState.Failed);
        (letter.Attempts, letter.UncertainAt, letter.Reason) = (DeliveryPace.AttemptsMax, Now, "unknown");
        await House.Lay(letter);

        var requeued = await House.Get<RequeueLetters>().One(letter.Id, Cast.Alan.Id, Stop);
        House.Post.Answer = _ => new(PostResult.Later, "451 Not now");
        await House.Get<DeliverLetters>().Run(Stop);

        Assert.True(requeued.IsDone);
        Assert.Equal(1, House.Signal.Count);
        var again = (await House.Get<Outbox>().Find(letter.Id, Stop))!.Letter;
        Assert.Equal((LetterState.Retry, 1, null), (again.State, again.Attempts, again.UncertainAt));
    }

    [Fact]
    public async Task Requeues_only_what_was_given_up_and_can_still_help()
    {
        var sent = NewLetter("sent", LetterState.Sent);
        var late = NewLetter("late", LetterState.Failed, notAfterDays: -1);
        var forgotten = NewLetter("forgotten", LetterState.Failed);
        forgotten.ForgottenAt = Now;
        await House.Lay(sent, late, forgotten);
        var requeue = House.Get<RequeueLetters>();

        Assert.Equal("not_given_up", (await requeue.One(sent.Id, null, Stop)).Refusal?.Code);
        Assert.Equal("too_late", (await requeue.One(late.Id, null, Stop)).Refusal?.Code);
        Assert.Equal("letter_forgotten", (await requeue.One(forgotten.Id, null, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await requeue.One(Guid.NewGuid(), null, Stop)).Refusal?.Code);
        Assert.Equal(0, (await requeue.Failed(Now - Duration.FromDays(30), null, Stop)).Value);
    }

    [Fact]
    public async Task Requeues_all_that_were_given_up_since_a_day()
    {
        await House.Lay(
            NewLetter("old", LetterState.Failed, dueAfterDays: -3), NewLetter("new", LetterState.Failed), NewLetter("newer", LetterState.Failed),
            NewLetter("sent", LetterState.Sent));

        var count = await House.Get<RequeueLetters>().Failed(Now - Duration.FromDays(1), Cast.Alan.Id, Stop);
        await House.Get<DeliverLetters>().Run(Stop);

        Assert.Equal(2, count.Value);
        Assert.Equal(["new", "newer"], House.Post.Taken.Select(letter => letter.Purpose).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tells_each_attempt_that_failed_with_the_words_of_the_relay()
    {
        var letter = NewLetter("a");
        await House.Lay(letter);
        House.Post.Answer = _ => new(PostResult.Later, "451 4.7.1 Greylisted");
        await House.Get<DeliverLetters>().Run(Stop);
        House.Clock.AdvanceHours(1);
        House.Post.Answer = _ => new(PostResult.Never, "550 5.7.1 Refused");
        await House.Get<DeliverLetters>().Run(Stop);

        var found = (await House.Get<Outbox>().Find(letter.Id, Stop))!;

        Assert.Equal(LetterState.Failed, found.Letter.State);
        Assert.Equal([(PostResult.Later, "451 4.7.1 Greylisted"), (PostResult.Never, "550 5.7.1 Refused")], found.Attempts.Select(attempt => (attempt.Result, attempt.Reply)));
        Assert.Equal("letter.failed", Assert.Single(found.Acts).Act);
    }

    private async Task<IEnumerable<string>> Found(OutboxQuery query) =>
        (await House.Get<Outbox>().Run(query, Stop)).Letters.Select(letter => letter.Purpose);

    private Letter NewLetter(
        string purpose, LetterState state = LetterState.Planned, LetterKind kind = LetterKind.SignInLink, string name = "Grace", Guid? eventId = null,
        int dueAfterDays = 0, int? notAfterDays = null, int? writtenAfter = null)
    {
        var at = Now + Duration.FromSeconds(writtenAfter ?? written++);
        return new()
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            Kind = kind,
            Purpose = purpose,
            RecipientName = PersonName.Of(name),
            RecipientEmail = EmailAddress.Of($"{name.ToLowerInvariant()}@example.org"),
            Language = Language.English,
            EventId = eventId,
            WrittenAt = at,
            DueAt = Now + Duration.FromDays(dueAfterDays),
            NextAttemptAt = Now + Duration.FromDays(dueAfterDays),
            NotAfter = notAfterDays is { } days ? Now + Duration.FromDays(days) : null,
            State = state,
        };
    }

    public sealed class OnSqlite(SqliteDatabase database) : OutboxTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OutboxTests(database), IClassFixture<PostgresDatabase>;
}
