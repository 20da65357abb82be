using System.Text;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Time;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>What we write, read by somebody else: Python's icalendar, which shares no code with our writer.</summary>
public sealed class CalendarTextTests
{
    private static readonly LocalDateTime Evening = new(2026, 12, 8, 18, 0);
    private static readonly CalendarText Text = new(new CalendarPerson("DigiHub", EmailAddress.Of("hub@hub.example")));

    private static readonly CalendarEntry Entry = new()
    {
        Uid = "event-1@hub.example",
        Sequence = 3,
        Summary = "Löten, für alle; mit Tee",
        Description = "Erste Zeile\nZweite: „Zeile“, \\ und so",
        Location = "Spree, DigiHub East, Warschauer Straße 1, 10243 Berlin",
        When = new LocalSpan(Evening, Evening.PlusHours(2)),
        ZoneId = "Europe/Berlin",
        CreatedAt = Instant.FromUtc(2026, 11, 23, 8, 0),
        ChangedAt = Instant.FromUtc(2026, 11, 24, 8, 0),
    };

    private static readonly CalendarPerson Ada = new("Ada \"die Erste\" Lovelace", EmailAddress.Of("ada@example.org"));

    [Fact]
    public async Task An_invitation_says_to_another_reader_what_we_meant()
    {
        var read = await Read(Text.Write(CalendarMethod.Request, [Entry with { Attendee = Ada }]));

        Assert.Equal(("REQUEST", "Europe/Berlin"), (read.Method, Assert.Single(read.Zones)));
        var entry = Assert.Single(read.Entries);
        Assert.Equal((Entry.Uid, 3, "CONFIRMED", Entry.Summary, Entry.Description, Entry.Location),
            (entry.Uid, entry.Sequence, entry.Status, entry.Summary, entry.Description, entry.Location));
        Assert.Equal((new CalendarReader.When("2026-12-08T18:00:00", "Europe/Berlin"),
            new CalendarReader.When("2026-12-08T20:00:00", "Europe/Berlin")), (entry.Start, entry.End));
        Assert.Equal("mailto:hub@hub.example", entry.Organizer);
        Assert.Equal(new CalendarReader.Person("mailto:ada@example.org", "FALSE", "ACCEPTED", "Ada 'die Erste' Lovelace"),
            Assert.Single(entry.Attendees));
    }

    [Theory]
    [InlineData("🧑‍🔬🏳️‍🌈🇩🇪😀")] // whole people, flags and faces of several code points each
    [InlineData("äöü€𝄞")]
    [InlineData("z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359\u035a\u035b\u035c\u035d\u035e\u035f\u0360\u0361\u0362\u0363\u0364"
        + "\u0365\u0366\u0367\u0368\u0369\u036a\u036b\u036c\u036d\u036e")]
    public async Task Folds_between_characters_wherever_they_fall(string signs)
    {
        string[] titles = [.. Enumerable.Range(0, 90)
            .Select(offset => new string('a', offset) + string.Concat(Enumerable.Repeat(signs, 20)) + ", \\ ende")];
        string[] texts =
            [.. titles.Select(title => Text.Write(CalendarMethod.Publish, [Entry with { Summary = title, Description = title }]))];

        Assert.All(texts.SelectMany(text => text.Split("\r\n")), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.All(texts, text => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(titles, (await Read(texts)).Select(read => read.Entries[0].Summary));
    }

    [Fact]
    public void Shows_no_half_of_an_emoji_before_lines_are_unfolded()
    {
        var lines =
            Text.Write(CalendarMethod.Publish, [Entry with { Summary = string.Concat(Enumerable.Repeat("🧑‍🔬", 40)) }]).Split("\r\n");

        var folded = lines.SkipWhile(line => !line.StartsWith("SUMMARY:", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith(' ')).ToList();
        Assert.NotEmpty(folded);
        Assert.All(folded, line => Assert.StartsWith(" 🧑‍🔬", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_withdrawal_says_of_nobody_that_they_declined()
    {
        var read = await Read(Text.Write(CalendarMethod.Cancel, [Entry with { Attendee = Ada, IsCancelled = true }]));

        Assert.Null(Assert.Single(read.Entries[0].Attendees).PartStat);
    }

    [Theory]
    [InlineData(null, false, CalendarMethod.Publish, null)]
    [InlineData(0, false, CalendarMethod.Publish, 0)]
    [InlineData(10, false, CalendarMethod.Request, 600)]
    [InlineData(1440, false, CalendarMethod.Publish, 86_400)]
    [InlineData(10, true, CalendarMethod.Publish, null)] // of what is called off nobody is reminded
    [InlineData(10, false, CalendarMethod.Cancel, null)]
    public async Task An_entry_brings_the_alarm_its_reader_has_chosen(
        int? minutesBefore, bool isCancelled, CalendarMethod method, int? secondsBefore)
    {
        var entry = Entry with
        {
            AlarmMinutesBefore = minutesBefore,
            IsCancelled = isCancelled,
            Attendee = method == CalendarMethod.Publish ? null : Ada,
        };

        var alarms = Assert.Single((await Read(Text.Write(method, [entry]))).Entries).Alarms;

        CalendarReader.Alarm[] expected = secondsBefore is { } seconds ? [new CalendarReader.Alarm("DISPLAY", seconds, Entry.Summary)] : [];
        Assert.Equal(expected, alarms);
    }

    [Fact]
    public async Task One_may_decline_only_where_somebody_reads_it()
    {
        var read = await Read((Text with { ReadsReplies = true }).Write(CalendarMethod.Request, [Entry with { Attendee = Ada }]));

        Assert.Equal("TRUE", Assert.Single(Assert.Single(read.Entries).Attendees).Rsvp);
    }

    [Fact]
    public async Task Who_leaves_does_not_call_off_the_event()
    {
        var read = await Read(
            Text.Write(CalendarMethod.Cancel, [Entry with { Attendee = Ada, Sequence = 4 }]),
            Text.Write(CalendarMethod.Cancel, [Entry with { Attendee = Ada, Sequence = 4, IsCancelled = true }]));

        Assert.Equal([("CANCEL", 4, null), ("CANCEL", 4, "CANCELLED")],
            read.Select(one => (one.Method, one.Entries[0].Sequence, one.Entries[0].Status)));
        Assert.All(read, one => Assert.Equal("mailto:ada@example.org", Assert.Single(one.Entries[0].Attendees).Address));
    }

    [Fact]
    public async Task A_series_keeps_the_wall_clock_and_leaves_out_what_was_dropped()
    {
        // the second in summer time
        var series = new CalendarSeries(CalendarFrequency.Week, times: 20, interval: 2)
        { Dropped = [Evening.PlusWeeks(2), Evening.PlusWeeks(16)] };

        var read = Assert.Single((await Read(Text.Write(CalendarMethod.Publish, [Entry with { Series = series }]))).Entries);

        Assert.Equal(["COUNT=20", "FREQ=WEEKLY", "INTERVAL=2"], read.Rule!.Split(';').Order(StringComparer.Ordinal));
        Assert.Equal(["2026-12-22T18:00:00", "2027-03-30T18:00:00"], read.Dropped);
        Assert.Null(read.InPlaceOf);
    }

    [Theory]
    [InlineData(CalendarMethod.Request, false, "CONFIRMED")]
    [InlineData(CalendarMethod.Cancel, true, "CANCELLED")]
    [InlineData(CalendarMethod.Cancel, false, null)]
    public async Task One_date_of_a_series_is_moved_or_called_off_by_itself(CalendarMethod method, bool isCancelled, string? status)
    {
        var second = Evening.PlusWeeks(1);
        var moved = Entry with
        {
            InPlaceOf = second,
            When = new LocalSpan(second.PlusHours(1), second.PlusHours(3)),
            IsCancelled = isCancelled,
            Attendee = Ada,
            Sequence = 5,
        };

        var read = await Read(Text.Write(method, [moved]));

        var entry = Assert.Single(read.Entries);
        Assert.Equal((method.Word(), Entry.Uid, 5, status), (read.Method, entry.Uid, entry.Sequence, entry.Status));
        Assert.Equal((new CalendarReader.When("2026-12-15T18:00:00", "Europe/Berlin"),
            new CalendarReader.When("2026-12-15T19:00:00", "Europe/Berlin")), (entry.InPlaceOf, entry.Start));
        Assert.Null(entry.Rule);
        Assert.Single(entry.Attendees);
    }

    [Fact]
    public void Never_names_more_than_one_attendee_and_none_in_what_is_published()
    {
        Assert.Throws<ArgumentException>(() => Text.Write(CalendarMethod.Request, [Entry]));
        Assert.Throws<ArgumentException>(() => Text.Write(CalendarMethod.Publish, [Entry with { Attendee = Ada }]));
        Assert.Throws<ArgumentException>(() => Text.Write(CalendarMethod.Publish,
            [Entry with { InPlaceOf = Evening, Series = new CalendarSeries(CalendarFrequency.Day, 2) }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarSeries(CalendarFrequency.Day, CalendarSeries.TimesMax + 1));
    }

    [Theory]
    [InlineData("event-0198b1a000007000800000000000e000@hub.example", true)]
    [InlineData("EVENT-0198B1A000007000800000000000E000@HUB.EXAMPLE", true)]
    [InlineData("event-0198b1a000007000800000000000e000@hub.example.evil", false)]
    [InlineData("event-0198b1a0-0000-7000-8000-00000000e000@hub.example", false)]
    [InlineData("booking-0198b1a000007000800000000000e000@hub.example", false)]
    [InlineData("", false)]
    public void Knows_its_own_entries_by_their_uid(string uid, bool isOurs) =>
        Assert.Equal(isOurs ? new Guid("0198b1a0-0000-7000-8000-00000000e000") : null, new CalendarUid("hub.example").Event(uid));

    /// <summary>What another reader understands of the texts, in the same order.</summary>
    private static async Task<IReadOnlyList<CalendarReader.ReadCalendar>> Read(params string[] texts)
    {
        using var reader = new CalendarReader();
        var read = new List<CalendarReader.ReadCalendar>();
        foreach (var text in texts)
            read.Add(await reader.Read(text));
        return read;
    }

    private static async Task<CalendarReader.ReadCalendar> Read(string text) => Assert.Single(await Read([text]));
}
