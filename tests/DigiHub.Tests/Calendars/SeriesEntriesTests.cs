using DigiHub.Bookings.Series;
using DigiHub.Calendars;
using DigiHub.Keys;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings.Series;
using DigiHub.Time;

namespace DigiHub.Tests.Calendars;

/// <summary>What calendars are told of a series as it is booked, changed and cancelled: UID, SEQUENCE, METHOD and the dates.</summary>
public abstract class SeriesEntriesTests(TestDatabase database) : SeriesTests(database)
{
    private static readonly CalendarPerson hub = new("DigiHub", EmailAddress.Of("hub@example.org"));

    [Fact]
    public async Task A_series_is_one_entry_with_its_rule_on_the_clock_of_the_site()
    {
        var series = await Book(Request());

        var text = await Text(series, CalendarMethod.Request);

        Assert.Single(Lines(text, "BEGIN:VEVENT"));
        Assert.Contains("METHOD:REQUEST", text, StringComparison.Ordinal);
        Assert.Equal([$"UID:series-{series.Id:N}@test"], Lines(text, "UID:"));
        Assert.Equal(["SEQUENCE:0"], Lines(text, "SEQUENCE:"));
        Assert.Equal(["DTSTART;TZID=Europe/Berlin:20261124T100000"], Lines(text, "DTSTART;"));
        Assert.Contains("COUNT=10", Assert.Single(Lines(text, "RRULE:FREQ=WEEKLY")), StringComparison.Ordinal);
        Assert.Empty(Lines(text, "EXDATE"));
    }

    [Fact]
    public async Task Until_is_in_UTC_beside_a_local_start()
    {
        var series = await Book(Request() with { Pattern = new() { Kind = RecurrenceKind.Weekly, Until = Week(3) } });

        var text = await Text(series, CalendarMethod.Publish);

        Assert.Contains("UNTIL=20261215T090000Z", Assert.Single(Lines(text, "RRULE:FREQ=WEEKLY")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_date_replaces_its_own_and_a_cancelled_one_is_left_out_with_a_higher_sequence()
    {
        var series = await Book(Request());
        await Change(One(series, Week(2)) with { Times = Noon });
        await Cancel(series, SeriesScope.This, Week(4));

        var text = await Text(await Row(series), CalendarMethod.Request);

        Assert.Equal(2, Lines(text, "BEGIN:VEVENT").Count);
        Assert.Equal(2, Lines(text, $"UID:series-{series.Id:N}@test").Count);
        Assert.All(Lines(text, "SEQUENCE:"), line => Assert.Equal("SEQUENCE:2", line));
        Assert.Equal(["RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000"], Lines(text, "RECURRENCE-ID"));
        Assert.Contains("DTSTART;TZID=Europe/Berlin:20261208T120000", text, StringComparison.Ordinal);
        Assert.Equal(["EXDATE;TZID=Europe/Berlin:20261222T100000"], Lines(text, "EXDATE"));
    }

    [Fact]
    public async Task One_cancelled_date_is_withdrawn_by_its_recurrence_id()
    {
        var series = await Book(Request());
        await Cancel(series, SeriesScope.This, Week(4));
        var entries = await Entries();

        var entry = entries.OfDate(await Row(series), await On(series, Week(4)));
        var text = new CalendarText(hub).Write(CalendarMethod.Cancel, [entry with { Attendee = new("Ada", Cast.Ada.Email) }]);

        Assert.Contains("METHOD:CANCEL", text, StringComparison.Ordinal);
        Assert.Equal([$"UID:series-{series.Id:N}@test"], Lines(text, "UID:"));
        Assert.Equal(["RECURRENCE-ID;TZID=Europe/Berlin:20261222T100000"], Lines(text, "RECURRENCE-ID"));
        Assert.Equal(["STATUS:CANCELLED"], Lines(text, "STATUS:"));
        Assert.Equal(["SEQUENCE:1"], Lines(text, "SEQUENCE:"));
    }

    [Fact]
    public async Task What_is_split_off_is_an_entry_of_its_own_and_the_old_one_ends()
    {
        var series = await Book(Request());
        var rest = await Change(Following(series, Week(4)) with { Times = Noon });

        var (old, next) = (await Text(await Row(series), CalendarMethod.Publish), await Text(await Row(rest), CalendarMethod.Publish));

        Assert.Contains("UNTIL=20261221T090000Z", Assert.Single(Lines(old, "RRULE:FREQ=WEEKLY")), StringComparison.Ordinal);
        Assert.Equal([$"UID:series-{rest.Id:N}@test"], Lines(next, "UID:"));
        Assert.Equal(["DTSTART;TZID=Europe/Berlin:20261222T120000"], Lines(next, "DTSTART;"));
        Assert.Contains("COUNT=6", Assert.Single(Lines(next, "RRULE:FREQ=WEEKLY")), StringComparison.Ordinal);
        Assert.Equal(["SEQUENCE:1"], Lines(old, "SEQUENCE:"));
    }

    [Fact]
    public async Task A_cancelled_series_is_withdrawn_whole()
    {
        var series = await Book(Request());
        await Cancel(series, SeriesScope.AllFuture);

        var text = await Text(await Row(series), CalendarMethod.Cancel);

        Assert.Contains("METHOD:CANCEL", text, StringComparison.Ordinal);
        Assert.Equal(["STATUS:CANCELLED"], Lines(text, "STATUS:"));
        Assert.Equal(["SEQUENCE:1"], Lines(text, "SEQUENCE:"));
    }

    private async Task<SeriesEntries> Entries() => new(
        new Entries(new HubName("test", TestHub.Opening), new Uri("https://hub.example.org/")),
        await TestHub.Get<Catalogue>().Map(Stop), Language.German);

    private async Task<string> Text(BookingSeries series, CalendarMethod method)
    {
        var entries = (await Entries()).Of(series, await Dates(series));
        CalendarPerson? attendee = method == CalendarMethod.Publish ? null : new("Ada", Cast.Ada.Email);
        return new CalendarText(hub).Write(method, [.. entries.Select(entry => entry with { Attendee = attendee })]);
    }

    /// <summary>Those of the events: a time zone has starts and rules of its own.</summary>
    private static List<string> Lines(string text, string start)
    {
        var events = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("BEGIN:VEVENT").Skip(1).Select(one => $"BEGIN:VEVENT{one}");
        return [.. events.SelectMany(one => one.Split("\r\n")).Where(line => line.StartsWith(start, StringComparison.Ordinal))];
    }

    public sealed class OnSqlite(SqliteDatabase database) : SeriesEntriesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SeriesEntriesTests(database), IClassFixture<PostgresDatabase>;
}
