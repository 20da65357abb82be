using CsCheck;
using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class RecurrenceTests
{
    private const int Patterns = 5_000;

    private static readonly LocalDate Monday = new(2026, 11, 23);
    private static readonly LocalTime[] times = [new(9, 0), new(2, 30), new(2, 0), new(0, 0), new(23, 45), new(3, 0)];

    private static readonly Gen<LocalDate> anyStart =
        Gen.Frequency((3, Gen.Int[0, 1_500].Select(days => new LocalDate(2026, 1, 1).PlusDays(days))), (1, AnyChangeDay));

    private static readonly Gen<RecurrenceDraft> anyRule = Gen.Select(
        Gen.Int[0, 3], Gen.Frequency((3, Gen.Int[1, 3]), (1, Gen.Int[1, 13])), Gen.Int[1, 127], Gen.Int[1, 31],
        Gen.Int[0, 5], Gen.Int[1, 7]).Select((kind, every, weekdays, day, nth, weekday) => new RecurrenceDraft
        {
            Kind = (RecurrenceKind)kind,
            Every = every,
            Weekdays = [.. Enumerable.Range(0, 7).Where(bit => (weekdays >> bit & 1) == 1).Select(bit => (IsoDayOfWeek)(bit + 1))],
            DayOfMonth = day,
            Nth = nth == 0 ? Recurrence.Last : nth,
            Weekday = (IsoDayOfWeek)weekday,
        });

    /// <summary>Valid or not: of a rule that gives nothing there is nothing to compare.</summary>
    private static readonly Gen<(RecurrenceDraft Draft, LocalDate From, LocalTime At)> any = Gen.Select(
        anyRule, anyStart, Gen.Int[0, 5].Select(index => times[index]), Gen.Bool, Gen.Int[1, 60], Gen.Int[0, 730],
        Gen.Int[0, 730].Array[0, 3], Gen.Int[0, 200].Array[0, 5])
        .Select((rule, from, at, byCount, count, days, extra, excluded) => (rule with
        {
            Count = byCount ? count : null,
            Until = byCount ? null : from.PlusDays(days),
            Extra = [.. extra.Select(from.PlusDays)],
            Excluded = [.. excluded.Select(from.PlusDays)],
        }, from, at));

    [Fact]
    public async Task Gives_the_dates_and_instants_that_another_program_gives()
    {
        using var reader = new RecurrenceReader();
        var (compared, onChangeDays) = (0, 0);
        foreach (var (draft, from, at) in Samples())
        {
            if (Recurrence.Typed(draft, from) is not { IsDone: true, Value: var pattern })
                continue;

            var expected = await reader.Read(pattern, from + at);

            var dates = pattern.Dates(from);
            Assert.True(expected.Select(one => one.Local.Date).SequenceEqual(dates),
                $"{pattern} from {from} at {at}\nother: {string.Join(' ', expected.Select(one => one.Local.Date))}"
                    + $"\nours:  {string.Join(' ', dates)}");
            Assert.All(expected, one => Assert.Equal(one.Instant, Berlin.Time.Shifted(one.Local.Date + at)));
            compared++;
            onChangeDays += dates.Count(ChangeDays.Contains);
        }

        Assert.InRange(compared, 3_000, int.MaxValue);
        Assert.InRange(onChangeDays, 500, int.MaxValue);
    }

    [Fact]
    public void What_is_written_is_read_as_the_same()
    {
        foreach (var (draft, from, at) in Samples())
        {
            if (Recurrence.Typed(draft, from) is not { IsDone: true, Value: var pattern })
                continue;

            Assert.Equal(pattern, Recurrence.Kept(pattern.ToString()));
            Assert.InRange(pattern.ToString().Length, 1, Recurrence.TextMax);
            if (Recurrence.Typed(draft with { Extra = [], Excluded = [] }, from) is { IsDone: true, Value: var rule })
                Assert.Equal(rule, Recurrence.Typed(Recurrence.Read(pattern.Rule(at, Berlin.Time), at, Berlin.Time)!, from).Value);
        }
    }

    [Fact]
    public void Cut_at_any_date_both_parts_give_what_the_whole_gave()
    {
        foreach (var (draft, from, _) in Samples())
        {
            if (Recurrence.Typed(draft, from) is not { IsDone: true, Value: var pattern })
                continue;
            var dates = pattern.Dates(from);
            var cut = dates[dates.Count / 2];

            var (after, start) = pattern.After(from, cut);

            Assert.Equal(dates, [.. pattern.Before(from, cut).Dates(from), .. after.Dates(start)]);
            Assert.Equal(dates.Where(day => day != cut), pattern.Without([cut]).Dates(from));
        }
    }

    /// <summary>The same each time: a failure can be looked at.</summary>
    private static List<(RecurrenceDraft Draft, LocalDate From, LocalTime At)> Samples()
    {
        List<(RecurrenceDraft, LocalDate, LocalTime)> all = [];
        any.Sample(all.Add, seed: "0N0XIzNsQ0O2", iter: Patterns, threads: 1);
        return all;
    }

    [Fact]
    public void The_start_need_not_be_one_of_the_weekdays_whatever_their_order()
    {
        var pattern = Pattern(new() { Kind = RecurrenceKind.Weekly, Weekdays = [IsoDayOfWeek.Thursday, IsoDayOfWeek.Tuesday], Count = 4 });

        Assert.Equal([new(2026, 11, 24), new(2026, 11, 26), new(2026, 12, 1), new(2026, 12, 3)], pattern.Dates(Monday));
    }

    [Fact]
    public void A_month_without_the_day_is_left_out()
    {
        var pattern = Pattern(new() { Kind = RecurrenceKind.MonthlyByDate, DayOfMonth = 31, Until = new(2027, 6, 30) });

        Assert.Equal([new(2026, 12, 31), new(2027, 1, 31), new(2027, 3, 31), new(2027, 5, 31)], pattern.Dates(Monday));
    }

    [Fact]
    public void The_last_weekday_is_the_fourth_or_the_fifth()
    {
        var pattern = Pattern(new()
        {
            Kind = RecurrenceKind.MonthlyByWeekday,
            Nth = Recurrence.Last,
            Weekday = IsoDayOfWeek.Friday,
            Count = 3,
        });

        Assert.Equal([new(2026, 11, 27), new(2026, 12, 25), new(2027, 1, 29)], pattern.Dates(Monday));
    }

    [Fact]
    public void What_was_left_open_is_as_the_first_day_is()
    {
        Assert.Equal("FREQ=WEEKLY;BYDAY=MO;COUNT=2", $"{Pattern(new() { Kind = RecurrenceKind.Weekly, Count = 2 })}");
        Assert.Equal("FREQ=MONTHLY;BYMONTHDAY=23;COUNT=2", $"{Pattern(new() { Kind = RecurrenceKind.MonthlyByDate, Count = 2 })}");
        Assert.Equal("FREQ=MONTHLY;BYDAY=4MO;COUNT=2", $"{Pattern(new() { Kind = RecurrenceKind.MonthlyByWeekday, Count = 2 })}");
    }

    [Fact]
    public void A_weekly_nine_o_clock_stays_nine_o_clock_when_the_clocks_change()
    {
        var from = new LocalDate(2026, 10, 19);
        var pattern = Recurrence.Typed(new() { Kind = RecurrenceKind.Weekly, Count = 30 }, from).Value;

        var instants = pattern.Dates(from).Select(day => Berlin.Time.Shifted(day + new LocalTime(9, 0))).ToList();

        Assert.Equal((Utc("2026-10-19 07:00Z"), Utc("2026-10-26 08:00Z")), (instants[0], instants[1]));
        Assert.Contains(Utc("2027-03-22 08:00Z"), instants);
        Assert.Contains(Utc("2027-03-29 07:00Z"), instants);
        Assert.All(instants, instant => Assert.Equal(new LocalTime(9, 0), Berlin.Time.Local(instant).TimeOfDay));
    }

    [Theory]
    [InlineData("2027-03-28 02:30", "2027-03-28 03:30", "2027-03-28 03:30", "2027-03-28 04:30")] // moved forward, and its end with it
    [InlineData("2027-03-28 02:15", "2027-03-28 02:45", "2027-03-28 03:15", "2027-03-28 03:45")]
    [InlineData("2027-03-28 01:00", "2027-03-28 02:30", "2027-03-28 01:00", "2027-03-28 03:30")]
    [InlineData("2026-10-25 02:30", "2026-10-25 03:30", "2026-10-25 02:30", "2026-10-25 03:30")]
    [InlineData("2026-10-24 22:00", "2026-10-25 06:00", "2026-10-24 22:00", "2026-10-25 06:00")]
    public void A_computed_time_that_does_not_exist_moves_forward(string start, string end, string shownStart, string shownEnd) =>
        Assert.Equal(new LocalSpan(At(shownStart), At(shownEnd)), Berlin.Time.Shifted(new LocalSpan(At(start), At(end))));

    [Fact]
    public void Until_is_an_instant_for_calendars_and_the_last_day_counts()
    {
        var pattern = Pattern(new() { Kind = RecurrenceKind.Weekly, Until = new(2027, 6, 28) });

        Assert.Equal("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270628T070000Z", pattern.Rule(new(9, 0), Berlin.Time));
        Assert.Equal("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270628", pattern.ToString());
        Assert.Equal(new LocalDate(2027, 6, 28), pattern.Dates(Monday)[^1]);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T070000Z", "2027-06-29")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T065959Z", "2027-06-28")] // just before nine
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270628T220000Z", "2027-06-28")] // midnight in Berlin
    [InlineData("rrule:freq=weekly;byday=TU;until=20270629", "2027-06-29")]
    public void Until_of_others_is_the_last_day_that_begins_before_it(string rule, string until) =>
        Assert.Equal(Day(until), Recurrence.Read(rule, new(9, 0), Berlin.Time)!.Until);

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2;COUNT=5", "FREQ=MONTHLY;BYDAY=2TU;COUNT=5")] // as Outlook writes it
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR;COUNT=5", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=5")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=5;WKST=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=MO;COUNT=5")]
    public void Rules_as_others_write_them_are_understood(string rule, string ours) =>
        Assert.Equal(ours, Recurrence.Typed(Recurrence.Read(rule, new(9, 0), Berlin.Time)!, Monday).Value.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("FREQ=HOURLY;COUNT=3")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX;COUNT=3")]
    [InlineData("FREQ=MONTHLY;BYDAY=TU;COUNT=3")] // every Tuesday of the month
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=3")]
    [InlineData("FREQ=WEEKLY;WKST=SU;INTERVAL=2;COUNT=3")]
    [InlineData("FREQ=DAILY;COUNT=3;COUNT=4")]
    [InlineData("FREQ=DAILY;UNTIL=soon")]
    [InlineData("FREQ=DAILY;UNTIL=99991231T235959Z")]
    [InlineData("FREQ=DAILY;BYHOUR=9;COUNT=3")]
    [InlineData("EXDATE:20270101")]
    public void Rules_that_cannot_be_had_here_are_none(string rule) => Assert.Null(Recurrence.Read(rule, new(9, 0), Berlin.Time));

    [Fact]
    public void Each_refusal_names_its_field_and_all_are_told_at_once()
    {
        AssertRefused("every_out_of_range", "every", new() { Kind = RecurrenceKind.Daily, Every = 0, Count = 3 });
        AssertRefused("every_out_of_range", "every", new() { Kind = RecurrenceKind.Daily, Every = 100, Count = 3 });
        AssertRefused("weekday_unknown", "weekdays", new() { Kind = RecurrenceKind.Weekly, Weekdays = [IsoDayOfWeek.None], Count = 3 });
        AssertRefused("weekday_unknown", "weekday",
            new() { Kind = RecurrenceKind.MonthlyByWeekday, Weekday = (IsoDayOfWeek)8, Count = 3 });
        AssertRefused("day_out_of_range", "dayOfMonth", new() { Kind = RecurrenceKind.MonthlyByDate, DayOfMonth = 32, Count = 3 });
        AssertRefused("nth_out_of_range", "nth", new() { Kind = RecurrenceKind.MonthlyByWeekday, Nth = 0, Count = 3 });
        AssertRefused("end_missing", "until", new() { Kind = RecurrenceKind.Daily });
        AssertRefused("two_ends", "count", new() { Kind = RecurrenceKind.Daily, Count = 3, Until = Monday });
        AssertRefused("count_out_of_range", "count", new() { Kind = RecurrenceKind.Daily, Count = 201 });
        AssertRefused("until_before_start", "until", new() { Kind = RecurrenceKind.Daily, Until = Monday.PlusDays(-1) });
        AssertRefused("series_too_long", "until", new() { Kind = RecurrenceKind.Weekly, Until = new(2028, 11, 24) });
        AssertRefused("series_too_long", "count", new() { Kind = RecurrenceKind.MonthlyByDate, Count = 26 });
        AssertRefused("too_many_dates", "until", new() { Kind = RecurrenceKind.Daily, Until = Monday.PlusDays(200) });
        AssertRefused("extra_date_out_of_range", "extraDates",
            new() { Kind = RecurrenceKind.Daily, Count = 3, Extra = [Monday.PlusDays(-1)] });
        AssertRefused("too_many_dates", "extraDates",
            new() { Kind = RecurrenceKind.Daily, Count = 200, Extra = [Monday.PlusDays(300)] });
        AssertRefused("no_dates", "count", new() { Kind = RecurrenceKind.Daily, Count = 1, Excluded = [Monday] });
        AssertRefused("no_dates", "until",
            new() { Kind = RecurrenceKind.Weekly, Weekdays = [IsoDayOfWeek.Friday], Until = Monday.PlusDays(2) });

        var both = Recurrence.Typed(new() { Kind = RecurrenceKind.Daily, Every = 0 }, Monday).Refusal!;
        Assert.Equal(("every_out_of_range", "end_missing"), (both.Code, Assert.Single(both.Also).Code));
        Assert.Equal("start", Recurrence.Typed(new() { Kind = RecurrenceKind.Daily, Count = 1 }, new(2298, 1, 1)).Refusal?.Field);
    }

    [Fact]
    public void Two_years_and_two_hundred_dates_are_possible()
    {
        Assert.Equal(200, Pattern(new() { Kind = RecurrenceKind.Daily, Count = 200 }).Dates(Monday).Count);
        Assert.Equal(new(2028, 11, 23),
            Pattern(new() { Kind = RecurrenceKind.MonthlyByDate, Until = new(2028, 11, 23) }).Dates(Monday)[^1]);
    }

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=1", "every day, once", "täglich, einmal")]
    [InlineData("FREQ=DAILY;INTERVAL=2;COUNT=10", "every second day, 10 times", "jeden zweiten Tag, 10-mal")]
    [InlineData("FREQ=DAILY;INTERVAL=3;UNTIL=20261231", "every 3 days until 31 December", "alle 3 Tage bis 31. Dezember")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630", "every Tuesday until 30 June 2027", "jeden Dienstag bis 30. Juni 2027")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261201",
        "every second Tuesday until 1 December", "jeden zweiten Dienstag bis 1. Dezember")]
    [InlineData("FREQ=WEEKLY;BYDAY=FR,MO,WE;COUNT=9",
        "every Monday, Wednesday and Friday, 9 times", "jeden Montag, Mittwoch und Freitag, 9-mal")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261201",
        "Monday to Friday until 1 December", "montags bis freitags, bis 1. Dezember")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;COUNT=4",
        "every second week on Monday and Tuesday, 4 times", "jede zweite Woche am Montag und Dienstag, 4-mal")]
    [InlineData("FREQ=WEEKLY;INTERVAL=4;BYDAY=TU;COUNT=4", "every 4 weeks on Tuesday, 4 times", "alle 4 Wochen am Dienstag, 4-mal")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4", "every month on the 31st, 4 times", "jeden Monat am 31., 4-mal")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=12;COUNT=4",
        "every second month on the 12th, 4 times", "jeden zweiten Monat am 12., 4-mal")]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO;COUNT=4", "every month on the first Monday, 4 times", "jeden Monat am ersten Montag, 4-mal")]
    [InlineData("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR;UNTIL=20270630",
        "every 3 months on the last Friday until 30 June 2027", "alle 3 Monate am letzten Freitag bis 30. Juni 2027")]
    [InlineData("FREQ=DAILY;COUNT=4\nRDATE:20261224\nEXDATE:20261124,20261125",
        "every day, 4 times, and on 1 more date, except on 2 dates", "täglich, 4-mal, dazu 1 weiterer Termin, außer an 2 Terminen")]
    public void Is_said_in_both_languages(string text, string english, string german) =>
        Assert.Equal(new Words(english, german), Recurrence.Kept(text).Written(Monday));

    private static Recurrence Pattern(RecurrenceDraft draft) => Recurrence.Typed(draft, Monday).Value;

    private static void AssertRefused(string code, string field, RecurrenceDraft draft)
    {
        var refusal = Recurrence.Typed(draft, Monday).Refusal;
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }
}
