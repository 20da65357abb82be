using System.Diagnostics.Metrics;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Returns;
using DigiHub.Suppressions;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Returns;

/// <summary>What a mail that came back does to the letter it was, and to all that the mail told of.</summary>
public abstract class TakeReturnTests(TestDatabase database) : HouseTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.House.Opening;
    private static int count;

    protected override void Furnish(IServiceCollection services)
    {
        // The reminders here are about nothing.
        foreach (var check in services.Where(service => service.ServiceType == typeof(ILetterCheck)).ToList())
            services.Remove(check);
    }

    // Whatever became of the relay's answer: recorded, not recorded yet, lost with the process, or never known.
    [Theory]
    [InlineData(LetterState.Sent, LetterState.Sent)]
    [InlineData(LetterState.Sending, LetterState.Sending)]
    [InlineData(LetterState.Retry, LetterState.Carried)]
    [InlineData(LetterState.Failed, LetterState.Failed)]
    public async Task A_mail_that_comes_back_brings_all_letters_back_that_it_told_of(LetterState carrier, LetterState carried)
    {
        var first = New("first", carrier);
        var other = New("other", carried, carriedBy: first);
        await House.Lay(first, other, New("another", LetterState.Cancelled, carriedBy: first), New("strange", LetterState.Sent));

        await CameBack(first);
        House.Clock.AdvanceHours(3);
        await House.Get<DeliverLetters>().Run(Stop);

        Assert.Empty(House.Post.Taken);
        var letters = await House.Read(db => db.Letters.AsNoTracking().ToDictionaryAsync(letter => letter.Purpose, Stop));
        Assert.Equal((LetterState.Bounced, LetterState.Bounced), (letters["first"].State, letters["other"].State));
        Assert.Equal((Now, letters["first"].Reason), (letters["other"].BouncedAt!.Value, letters["other"].Reason));
        Assert.Equal((LetterState.Cancelled, LetterState.Sent), (letters["another"].State, letters["strange"].State));
    }

    [Fact]
    public async Task A_bounce_that_overtakes_the_relays_answer_is_not_undone_by_it()
    {
        await House.Lay(New("first", LetterState.Planned), New("other", LetterState.Planned));
        House.Post.Answer = TakenAndBackAtOnce;

        await House.Get<DeliverLetters>().Run(Stop);

        Assert.Equal([LetterState.Bounced, LetterState.Bounced], await House.Read(db => db.Letters.Select(letter => letter.State).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Programs_and_metrics_hear_of_it_once()
    {
        var counted = new List<(long Count, string Blame)>();
        var meter = House.Get<LetterMeter>().Meter;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "digihub.letters.bounced")
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Add((value, $"{tags[0].Key}={tags[0].Value}")));
        listener.Start();
        await House.Lay(new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            OwnerId = Cast.Alan.Id,
            Name = "chat",
            HiddenUrl = "",
            ShownUrl = "",
            Shape = WebhookShape.Standard,
            Types = $" {WebhookType.LetterFailed} ",
            CreatedAt = Now,
        });
        var first = New("first", LetterState.Sent);
        await House.Lay(first, New("other", LetterState.Sent, carriedBy: first));

        await CameBack(first);
        await CameBack(first); // a second server says so, too

        Assert.Equal([(2L, "blame=NoSuchAddress")], counted);
        Assert.Equal(WebhookType.LetterFailed, (await House.Read(db => db.WebhookDeliveries.SingleAsync(Stop))).Type);
        var look = await House.Get<LettersNow>().Run(Stop);
        Assert.Equal(2, look.CameBack);
    }

    private PostReply TakenAndBackAtOnce(Letter letter)
    {
        Task.Run(() => CameBack(letter)).GetAwaiter().GetResult(); // the post of the tests answers at once
        return new PostReply(PostResult.Taken, "250 OK");
    }

    private async Task CameBack(Letter letter) =>
        await House.Get<TakeReturn>().Run(Guid.NewGuid().ToString("N"),
            new Return.Status(letter.Id, MailStatus.Find("5.1.1"), "550 5.1.1 <ada@example.org>: no such user", HasFailed: true), new CalendarUid("hub.test"), Stop);

    private static Letter New(string purpose, LetterState state, Letter? carriedBy = null) => new()
    {
        Id = new Guid(Interlocked.Increment(ref count), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), // in the order they are made
        Kind = LetterKind.EventReminder,
        Purpose = purpose,
        RecipientName = PersonName.Of("Ada"),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        WrittenAt = Now,
        DueAt = Now,
        NextAttemptAt = Now,
        State = state,
        CarriedBy = carriedBy?.Id,
        ClaimedAt = state == LetterState.Sending ? Now : null,
        SentAt = state == LetterState.Sent ? Now : null,
        UncertainAt = state is LetterState.Retry or LetterState.Failed && carriedBy is null ? Now : null,
        UncertainCount = state is LetterState.Retry or LetterState.Failed && carriedBy is null ? 1 : 0,
        Reason = state == LetterState.Failed ? "unknown" : null,
    };

    public sealed class OnSqlite(SqliteDatabase database) : TakeReturnTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : TakeReturnTests(database), IClassFixture<PostgresDatabase>;
}
