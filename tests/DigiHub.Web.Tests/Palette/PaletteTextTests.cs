using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Palette;

namespace DigiHub.Web.Tests.Palette;

/// <summary>What the palette reads in a line, in both languages and whatever is typed.</summary>
public sealed class PaletteTextTests
{
    /// <summary>A Tuesday.</summary>
    private static readonly LocalDateTime now = new(2026, 12, 1, 10, 25);

    [Theory]
    [InlineData("room 4 14:00", SpaceKind.Room, 4, "14:00")]
    [InlineData("Raum 4 14 Uhr", SpaceKind.Room, 4, "14:00")]
    [InlineData("Raum für 4 um 14", SpaceKind.Room, 4, "14:00")]
    [InlineData("room for 4 people at 2pm", SpaceKind.Room, 4, "14:00")]
    [InlineData("2:30 pm meeting 6 persons", SpaceKind.Room, 6, "14:30")]
    [InlineData("Besprechung 6 Leute 14.30", SpaceKind.Room, 6, "14:30")]
    [InlineData("4 14:00", null, 4, "14:00")]
    [InlineData("room 4 14", SpaceKind.Room, 4, "14:00")]
    [InlineData("room 14", SpaceKind.Room, 14, null)]
    [InlineData("14", null, null, "14:00")]
    [InlineData("14 Uhr 30", null, null, "14:30")]
    [InlineData("Platz 9", SpaceKind.Desk, null, "09:00")]
    [InlineData("Mittag Telefonbox", SpaceKind.Booth, null, "12:00")]
    [InlineData("room now", SpaceKind.Room, null, "10:15")]
    [InlineData("12am lab 8p", SpaceKind.Lab, 8, "00:00")]
    [InlineData("ROOM, 4, 14:00!", SpaceKind.Room, 4, "14:00")]
    public void Says_what_for_how_many_and_when(string line, SpaceKind? kind, int? people, string? start)
    {
        var wish = PaletteText.Read(line, now);

        Assert.Equal((kind, people, start), (wish.Kind, wish.People, wish.Start?.ToString("HH:mm", null)));
        Assert.Empty(wish.Rest);
    }

    [Theory]
    [InlineData("today", "2026-12-01")]
    [InlineData("desk tomorrow", "2026-12-02")]
    [InlineData("Platz morgen", "2026-12-02")]
    [InlineData("übermorgen", "2026-12-03")]
    [InlineData("uebermorgen", "2026-12-03")]
    [InlineData("day after tomorrow", "2026-12-03")]
    [InlineData("tuesday", "2026-12-08")] // today is one: the next that comes
    [InlineData("Di", "2026-12-08")]
    [InlineData("mittwoch", "2026-12-02")]
    [InlineData("next Tuesday", "2026-12-08")]
    [InlineData("nächsten Mittwoch", "2026-12-09")] // of next week
    [InlineData("kommenden Sonntag", "2026-12-13")]
    [InlineData("3.12.", "2026-12-03")]
    [InlineData("am 3.12", "2026-12-03")]
    [InlineData("1.11.", "2027-11-01")] // over this year
    [InlineData("3.12.2027", "2027-12-03")]
    [InlineData("3.12.27", "2027-12-03")]
    [InlineData("2027-02-28", "2027-02-28")]
    [InlineData("24/12", "2026-12-24")]
    [InlineData("3 December", "2026-12-03")]
    [InlineData("dec 3rd", "2026-12-03")]
    [InlineData("3. Dezember 2028", "2028-12-03")]
    [InlineData("5. März", "2027-03-05")]
    [InlineData("29.2.", null)] // neither this year nor the next has one
    [InlineData("31.4.", null)]
    [InlineData("in 3 Tagen", "2026-12-04")]
    [InlineData("in 10 days", "2026-12-11")]
    public void Names_a_day(string line, string? day) =>
        Assert.Equal(day, PaletteText.Read(line, now).Day?.ToString("uuuu-MM-dd", null));

    [Theory]
    [InlineData("14-16", "14:00", 120)]
    [InlineData("14 - 16 Uhr", "14:00", 120)]
    [InlineData("14:30 bis 16", "14:30", 90)]
    [InlineData("from 9 to 10:30", "09:00", 90)]
    [InlineData("9:15 for 90 minutes", "09:15", 90)]
    [InlineData("2h um 9", "09:00", 120)]
    [InlineData("9 Uhr 2 Stunden", "09:00", 120)]
    [InlineData("16-14", null, null)]
    [InlineData("9:00 99h", "09:00", null)]
    public void Says_how_long(string line, string? start, int? minutes)
    {
        var wish = PaletteText.Read(line, now);

        Assert.Equal((start, minutes), (wish.Start?.ToString("HH:mm", null), wish.Minutes));
    }

    [Theory]
    [InlineData("desk tomorrow morning", DayPart.Morning)]
    [InlineData("Platz morgen Nachmittag", DayPart.Afternoon)]
    [InlineData("desk all day", DayPart.Day)]
    [InlineData("ganztags", DayPart.Day)]
    public void Says_which_part_of_the_day(string line, DayPart part) => Assert.Equal(part, PaletteText.Read(line, now).Part);

    [Theory]
    [InlineData("panke friday 14-16 Uhr", "panke")]
    [InlineData("my bookings", "my bookings")]
    [InlineData("book a desk for Ada Lindholm tomorrow", "ada lindholm")]
    [InlineData("E2-05", "e2-05")]
    [InlineData("25:00 30.2. 9:75", "25:00 30.2. 9:75")]
    [InlineData("Fließ", "fliess")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    public void Leaves_names_as_they_are(string? line, string rest) =>
        Assert.Equal(rest, string.Join(' ', PaletteText.Read(line, now).Rest));

    [Fact]
    public void Whatever_is_typed_is_read_within_bounds()
    {
        string[] parts =
        [
            "room", "raum", "platz", "4", "14", "14:00", "2pm", "99999999999", "-1", "uhr", "morgen", "next", "nächsten", "tuesday", "di",
            "3.12.", "31.2.2027", "0.0.", "2026-13-45", "9999-99-99", "0001-01-01", "2299-12-31", "31.12.", "in", "366", "9999", "tagen",
            "14-16", "16-14", "-", "bis", "to", "um", "for", "für", "min", "h", "999h", "p", "märz", "29.", "feb", "2100", "day", "after",
            "tomorrow", "\u0000", "\ud83d\ude00", "\ud800", "\u202e", "İstanbul", "ﬀ", "٣", "½", ":", "::", ".", "..", "/", "//",
            "am", "pm", "12am", "0am", "13pm", "24:00", "23:59", "'", "\"", "<script>", "%00", "\t", "\n",
        ];
        var chance = new Random(20_261_201);
        LocalDateTime[] moments = [now, new(2299, 12, 31, 23, 59), new(1995, 1, 1, 0, 0), new(2028, 2, 29, 12, 0)];
        for (var i = 0; i < 30_000; i++)
        {
            var words = Enumerable.Range(0, chance.Next(30)).Select(_ => parts[chance.Next(parts.Length)]);
            var line = string.Join(chance.Next(4) == 0 ? "" : " ", words);

            var wish = PaletteText.Read(line, moments[i % moments.Length]);

            Assert.True(wish.People is null or (>= 1 and <= 999), line);
            Assert.True(wish.Minutes is null or (>= 1 and <= NodaConstants.MinutesPerDay), line);
            Assert.True(wish.Day is not { } day || SiteTime.Reaches(day), line);
            Assert.InRange(wish.Words.Count, 0, 20);
            Assert.InRange(wish.Words.Sum(word => word.Length), 0, 20 * PaletteText.TypedMax);
        }
    }

    [Fact]
    public void A_long_line_is_cut() =>
        Assert.Equal(PaletteText.TypedMax, PaletteText.Read(new string('x', 100_000), now).Rest.Sum(word => word.Length));
}
