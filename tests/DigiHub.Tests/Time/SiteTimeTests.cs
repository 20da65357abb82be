using CsCheck;
using DigiHub.Time;
using NodaTime.TimeZones;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class SiteTimeTests
{
    [Theory]
    [InlineData("2026-11-23 09:00", "2026-11-23 08:00Z")]
    [InlineData("2026-07-01 09:00", "2026-07-01 07:00Z")]
    [InlineData("2028-02-29 12:00", "2028-02-29 11:00Z")]
    // The clocks go forward on 28 March 2027, from 02:00 to 03:00.
    [InlineData("2027-03-28 01:59", "2027-03-28 00:59Z")]
    [InlineData("2027-03-28 03:00", "2027-03-28 01:00Z")]
    // They go back on 25 October 2026 and 31 October 2027, from 03:00 to 02:00: the earlier of two is meant.
    [InlineData("2026-10-25 01:59", "2026-10-24 23:59Z")]
    [InlineData("2026-10-25 02:00", "2026-10-25 00:00Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25 00:30Z")]
    [InlineData("2026-10-25 02:59", "2026-10-25 00:59Z")]
    [InlineData("2026-10-25 03:00", "2026-10-25 02:00Z")]
    [InlineData("2027-10-31 02:30", "2027-10-31 00:30Z")]
    [InlineData("2027-10-31 03:00", "2027-10-31 02:00Z")]
    public void Takes_a_typed_time_that_exists_and_means_the_earlier_of_two(string local, string utc)
    {
        Assert.Equal(Utc(utc), Berlin.Time.Typed(At(local)).Value);
        Assert.Equal(Utc(utc), Berlin.Time.Shifted(At(local)));
    }

    [Theory]
    [InlineData("2027-03-28 02:00", "2027-03-28 01:00Z")]
    [InlineData("2027-03-28 02:30", "2027-03-28 01:30Z")]
    [InlineData("2027-03-28 02:59", "2027-03-28 01:59Z")]
    public void Refuses_a_typed_time_that_is_skipped_and_shifts_a_computed_one_by_the_gap(string local, string shifted)
    {
        Assert.Equal("time_does_not_exist", Berlin.Time.Typed(At(local)).Refusal?.Code);
        Assert.Equal(Utc(shifted), Berlin.Time.Shifted(At(local)));
        Assert.False(Berlin.Time.Exists(At(local)));
    }

    [Fact]
    public void Says_which_time_does_not_exist_and_what_to_choose()
    {
        var refusal = Berlin.Time.Typed(At("2027-03-28 02:30")).Refusal!;

        Assert.Equal("02:30 on 28 March 2027 doesn’t exist: the clocks go forward. Choose 03:00 or later.", refusal.Message.English);
        Assert.Equal("02:30 Uhr am 28. März 2027 gibt es nicht: Die Uhren werden vorgestellt. Wählen Sie 03:00 Uhr oder später.",
            refusal.Message.German);
    }

    [Fact]
    public void Names_the_day_too_where_the_gap_reaches_into_another()
    {
        // Samoa crossed the date line and had no 30 December 2011.
        var refusal = SiteTime.Of("Pacific/Apia").Typed(At("2011-12-30 12:00")).Refusal!;

        Assert.EndsWith("Choose 00:00 on 31 December 2011 or later.", refusal.Message.English, StringComparison.Ordinal);
        Assert.EndsWith("Wählen Sie 00:00 Uhr am 31. Dezember 2011 oder später.", refusal.Message.German, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0001, true)]
    [InlineData(1994, true)]
    [InlineData(1995, false)]
    [InlineData(2299, false)]
    [InlineData(2300, true)]
    [InlineData(9999, true)]
    public void Refuses_a_slip_of_the_finger_in_the_year(int year, bool refused) =>
        Assert.Equal(refused ? "date_out_of_range" : null,
            Berlin.Time.Typed(new LocalDate(year, 12, 31).At(new LocalTime(23, 59))).Refusal?.Code);

    [Theory]
    [InlineData("2027-03-28 02:30", "2027-03-28 04:00", "time_does_not_exist", "start")]
    [InlineData("2027-03-28 01:00", "2027-03-28 02:30", "time_does_not_exist", "end")]
    [InlineData("2027-03-28 04:00", "2027-03-28 02:30", "ends_before_it_starts", "end")]
    [InlineData("2026-11-23 09:00", "2026-11-23 09:00", "ends_before_it_starts", "end")]
    public void Refuses_a_typed_span_at_the_field_that_is_wrong(string start, string end, string code, string field)
    {
        var refusal = Berlin.Time.Typed(At(start), At(end)).Refusal!;

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        Assert.NotEqual(refusal.Message.English, refusal.Message.German);
    }

    [Theory]
    [InlineData("2026-10-24 22:00", "2026-10-25 06:00", 9)]
    [InlineData("2027-03-27 22:00", "2027-03-28 06:00", 7)]
    [InlineData("2026-11-23 22:00", "2026-11-24 06:00", 8)]
    [InlineData("2027-03-28 01:00", "2027-03-28 03:00", 1)]
    [InlineData("2026-10-25 01:00", "2026-10-25 03:00", 3)]
    public void An_overnight_booking_keeps_its_wall_clock_end_and_has_its_real_length(string start, string end, int hours)
    {
        var span = Berlin.Time.Typed(new LocalSpan(At(start), At(end))).Value;

        Assert.Equal(Duration.FromHours(hours), span.Length);
        Assert.Equal(At(end), Berlin.Time.Local(span.End));
    }

    [Fact]
    public void Nine_o_clock_each_week_stays_nine_o_clock_when_the_clocks_go_back()
    {
        var first = At("2026-10-19 09:00");

        Assert.Equal(Utc("2026-10-19 07:00Z"), Berlin.Time.Shifted(first));
        Assert.Equal(Utc("2026-10-26 08:00Z"), Berlin.Time.Shifted(first.PlusWeeks(1)));
    }

    [Theory]
    [InlineData("2026-11-23", 24)]
    [InlineData("2027-03-28", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2027-10-31", 25)]
    [InlineData("2028-02-29", 24)]
    public void A_day_is_as_long_as_its_clock_makes_it(string date, int hours)
    {
        var day = Berlin.Time.DayOf(Day(date));

        Assert.Equal(Duration.FromHours(hours), day.Length);
        Assert.Equal(Day(date), Berlin.Time.DateOf(day.Start));
        Assert.Equal(Day(date).PlusDays(1), Berlin.Time.DateOf(day.End));
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_later()
    {
        var day = SiteTime.Of("America/Sao_Paulo").DayOf(Day("2018-11-04"));

        Assert.Equal(Utc("2018-11-04 03:00Z"), day.Start);
        Assert.Equal(Duration.FromHours(23), day.Length);
    }

    [Theory]
    [InlineData("2026-10-25 01:59", false)]
    [InlineData("2026-10-25 02:00", true)]
    [InlineData("2026-10-25 02:59", true)]
    [InlineData("2026-10-25 03:00", false)]
    [InlineData("2027-03-28 02:30", false)]
    public void Knows_the_times_that_come_twice(string local, bool ambiguous) =>
        Assert.Equal(ambiguous, Berlin.Time.IsAmbiguous(At(local)));

    [Theory]
    [InlineData("Europe/Pankow")]
    [InlineData("europe/berlin")]
    [InlineData("UTC+01:30")] // NodaTime would make one up; the IANA database does not have it.
    [InlineData("")]
    public void Knows_only_the_zones_of_the_iana_database(string id)
    {
        var unknown = Assert.Throws<DateTimeZoneNotFoundException>(() => SiteTime.Of(id));

        Assert.Contains($"\"{id}\"", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_made_once_for_a_zone() =>
        Assert.Same(SiteTime.Of("Europe/Berlin"), SiteTime.Of("Europe/Berlin"));

    [Fact]
    public void Every_minute_of_a_change_day_comes_back_as_typed_or_is_refused_for_good_reason()
    {
        foreach (var day in ChangeDays)
        {
            foreach (var local in Enumerable.Range(0, NodaConstants.MinutesPerDay).Select(minute => day.AtMidnight().PlusMinutes(minute)))
            {
                var typed = Berlin.Time.Typed(local);
                var (skipped, doubled) = (day.Month == 3 && local.Hour == 2, day.Month == 10 && local.Hour == 2);

                Assert.Equal(skipped, !typed.IsDone);
                Assert.Equal(skipped ? local.PlusHours(1) : local, Berlin.Time.Local(Berlin.Time.Shifted(local)));
                Assert.Equal(doubled, Berlin.Time.IsAmbiguous(local));
                if (doubled)
                    Assert.Equal(local, Berlin.Time.Local(typed.Value + Duration.FromHours(1)));
            }
        }
    }

    [Fact]
    public void Typed_times_keep_their_order_around_every_change() =>
        Gen.Select(AroundChanges, AroundChanges).Where((one, other) => one < other).Sample((start, end) =>
        {
            var typed = Berlin.Time.Typed(new LocalSpan(start, end));

            Assert.NotEqual("ends_before_it_starts", typed.Refusal?.Code);
            Assert.Equal(!typed.IsDone, !Berlin.Time.Exists(start) || !Berlin.Time.Exists(end));
        }, iter: SamplesEach);

    private const int SamplesEach = 10_000;

    private static readonly Gen<LocalDateTime> AroundChanges =
        Gen.Select(AnyChangeDay, Gen.Int[-24 * 60, 48 * 60], (day, minute) => day.AtMidnight().PlusMinutes(minute));
}
