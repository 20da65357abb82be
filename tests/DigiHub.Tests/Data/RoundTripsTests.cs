using System.Data.Common;
using System.Text.RegularExpressions;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Tests.Events;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Data;

/// <summary>
/// What the hot paths ask of the database: round trips, statements and commits, begin and commit not counted. Every caller waits for each
/// of them, so a change that makes a number greater must be worth it.
/// </summary>
public abstract partial class RoundTripsTests(TestDatabase database) : EventTests(database)
{
    private readonly Counter counter = new();

    private bool IsPostgres => TestHub.Get<DataOptions>().IsPostgres;

    [Fact]
    public async Task A_booking_with_its_answer_kept_is_one_commit()
    {
        await Book(8); // what is asked once and known from then on

        var seen = await counter.Of(() => Book(10));

        // Locks; what must be known under them, with the catalogue's stamp; booking, claim, e-mail, activity and answer in one batch.
        // SQLite has one lock, taken as the transaction begins, and nothing to gain from batches: it answers in the process.
        // Claims that were held until a time that has passed go with the locks: there as a statement of its own.
        Assert.Equal(
            IsPostgres ? new Counts(RoundTrips: 3, Statements: 7, Commits: 1) : new Counts(RoundTrips: 7, Statements: 7, Commits: 1), seen);
    }

    [Fact]
    public async Task A_refused_booking_writes_nothing()
    {
        await Book(8);

        var seen = await counter.Of(async () => Assert.NotNull((await TestHub.Get<BookSpace>().Run(Request(8), Stop)).Refusal));

        Assert.Equal(0, seen.Commits);
    }

    [Fact]
    public async Task Cancelling_a_booking_is_one_commit()
    {
        await Cancel(8); // what is asked once and known from then on

        var seen = await counter.Of(await Cancelling(10));

        Assert.Equal(IsPostgres
            ? new Counts(RoundTrips: 10, Statements: 11, Commits: 1) : new Counts(RoundTrips: 11, Statements: 11, Commits: 1), seen);
    }

    [Fact]
    public async Task A_seat_is_one_commit()
    {
        var evt = await Publish();
        await Register(evt, Cast.Bob.Id);

        var seen = await counter.Of(() => Register(evt, Cast.Ada.Id));

        Assert.Equal(
            IsPostgres ? new Counts(RoundTrips: 5, Statements: 10, Commits: 1) : new Counts(RoundTrips: 9, Statements: 9, Commits: 1),
            seen);
    }

    [Fact]
    public async Task The_day_of_all_rooms_is_one_question_and_who_has_nothing_there_asks_none_again()
    {
        await Book(8);

        Assert.Equal(new Counts(2, 2, 0), await counter.Of(() => Day(Cast.Ada))); // her own bookings, and what is taken
        Assert.Equal(new Counts(1, 1, 0), await counter.Of(() => Day(Cast.Ada)));
        Assert.Equal(new Counts(0, 0, 0), await counter.Of(() =>
            TestHub.Get<DayTimeline>().Run(Cast.East.Id, new(2026, 11, 24), Viewer.Anonymous, kind: null, Stop)));
    }

    [Fact]
    public async Task A_search_over_both_sites_is_one_question_and_none_while_nothing_changes()
    {
        await Book(8);

        Assert.Equal(new Counts(1, 1, 0), await counter.Of(Search));
        Assert.Equal(new Counts(0, 0, 0), await counter.Of(Search));

        async Task Search() => Assert.NotEmpty((await TestHub.Get<FreeSpaces>().Run(
            new FreeSpacesRequest { When = When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0)) }, Stop)).Value);
    }

    private Task<DayPicture?> Day(Member member) =>
        TestHub.Get<DayTimeline>().Run(Cast.East.Id, new(2026, 11, 24), new Viewer(member.Id, []), kind: null, Stop);

    private async Task Cancel(int hour) => await (await Cancelling(hour))();

    private async Task<Func<Task>> Cancelling(int hour)
    {
        var booking = (await TestHub.Get<BookSpace>().Run(Request(hour), Stop)).Value;
        return async () => Assert.Null((await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop)).Refusal);
    }

    private async Task Book(int hour) => Assert.Null((await TestHub.Get<BookSpace>().Run(Request(hour), Stop)).Refusal);

    private BookSpaceRequest Request(int hour) => new()
    {
        ActorId = Cast.Ada.Id,
        SpaceId = Cast.Panke.Id,
        When = When.Between(new(2026, 11, 24, hour, 0), new(2026, 11, 24, hour + 1, 0)),
        Along = (db, booking, _) =>
        {
            db.Add(new IdempotencyRecord
            {
                MemberId = booking.MemberId,
                Key = $"{hour}",
                RequestHash = [1],
                At = booking.CreatedAt,
                Status = 201,
                Body = "{}",
            });
            return Task.CompletedTask;
        },
    };

    protected override void ConfigureServices(IServiceCollection services)
    {
        services.ConfigureDbContext<PostgresDb>(builder => builder.AddInterceptors(counter));
        services.ConfigureDbContext<SqliteDb>(builder => builder.AddInterceptors(counter));
    }

    private sealed record Counts(int RoundTrips, int Statements, int Commits);

    private sealed partial class Counter : DbCommandInterceptor, IDbTransactionInterceptor
    {
        private int roundTrips, statements, commits;

        public async Task<Counts> Of(Func<Task> act)
        {
            (roundTrips, statements, commits) = (0, 0, 0);
            await act();
            return new Counts(roundTrips, statements, commits);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData,
            InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return base.ScalarExecutingAsync(command, eventData, result, cancellationToken);
        }

        public Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            commits++;
            return Task.CompletedTask;
        }

        private void Count(DbCommand command)
        {
            roundTrips++;
            statements += StatementStart().Count(command.CommandText);
        }

        // EF Core begins each statement of a batch at the beginning of a line; what stands within one is indented or another word.
        [GeneratedRegex(
            "^(SELECT|INSERT|UPDATE|DELETE|WITH)\\b",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1_000)]
        private static partial Regex StatementStart();
    }

    public sealed class OnSqlite(SqliteDatabase database) : RoundTripsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RoundTripsTests(database), IClassFixture<PostgresDatabase>;
}
