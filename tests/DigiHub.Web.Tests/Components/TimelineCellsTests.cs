using System.Text.RegularExpressions;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed partial class TimelineCellsTests
{
    private static readonly TimelineDay day =
        TimelineDay.Of(SiteTime.Of("Europe/Berlin"), new LocalDate(2026, 11, 23), (new(8, 0), new(20, 0)));

    [Fact]
    public void A_free_cell_sends_its_room_and_time_and_is_named_by_its_time() =>
        Assert.Contains("<td><button name=at value=12-1430>14:30</button>", Row(Room(12)));

    [Fact]
    public void What_is_taken_is_one_cell_as_wide_as_it_is_long() =>
        Assert.Contains("<td colspan=3 class=b><div>Booked<small>09:00–10:15</small></div>", Row(Room(1, Booked(2, 5))));

    [Fact]
    public void An_own_booking_leads_to_it_and_tells_its_true_times()
    {
        var id = Guid.Parse("0199a0c0-0000-7000-8000-000000000001");
        var own = new TimelineBusy(2, 5, "Review", "09:00–10:15", TimelineBusyKind.Mine, new(id, new(9, 0), new(10, 15)));

        Assert.Contains(
            $"<td colspan=3 class=m data-b={id} data-s=09:00 data-e=10:15><a href=\"/bookings/{id}\">Review<small>", Row(Room(1, own)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(24)]
    public void Every_row_fills_every_column(int past)
    {
        var rooms = new[] { Room(1), Room(2, Booked(0, 24)), Room(3, Booked(0, 1), Booked(1, 2), Booked(23, 24)), Room(4, Booked(4, 9)) };

        Assert.All(rooms, room => Assert.Equal(24, Columns(Row(room, view => view with { PastColumns = past }))));
    }

    [Fact]
    public void The_past_is_one_cell_and_cannot_be_chosen()
    {
        var row = Row(Room(1), view => view with { PastColumns = 4 });

        Assert.Contains("<td colspan=4 class=p><td><button name=at value=1-1000>", row);
    }

    [Fact]
    public void What_people_write_is_shown_as_text()
    {
        var row = Row(
            new TimelineRow(1, "<b>Spree & Süd</b>", new TimelineThing("people", "\"6\""), [],
                [new(0, 2, "<script>alert(1)</script>", "", TimelineBusyKind.Event)]));

        Assert.DoesNotContain("<b>", row);
        Assert.DoesNotContain("<script", row);
        Assert.Contains("&lt;b&gt;Spree &amp; Süd&lt;/b&gt;", row);
    }

    [Fact]
    public void The_chosen_cells_of_the_chosen_room_are_marked()
    {
        TimelineView Choose(TimelineView view) => view with { Chosen = new(7, 4, 6) };

        Assert.Equal(2, Regex.Count(Row(Room(7), Choose), "aria-selected=true"));
        Assert.DoesNotContain("aria-selected", Row(Room(8), Choose));
    }

    [Fact]
    public void The_second_of_a_doubled_hour_cannot_be_picked_as_a_start()
    {
        var night = TimelineDay.Of(SiteTime.Of("Europe/Berlin"), new LocalDate(2026, 10, 25), open: null);
        var row = new TimelineCells(new TimelineView(night, []), "at", "/icons.svg").Row(Room(1));

        Assert.Equal(1, Regex.Count(row, "value=1-0200"));
        Assert.Equal(2, Regex.Count(row, "class=s"));
        Assert.Equal(50, Columns(row));
    }

    [Fact]
    public void A_free_day_of_fifty_rooms_stays_small()
    {
        var rooms = Enumerable.Range(100, 50).Select(id => Row(Room(id)));

        Assert.InRange(string.Concat(rooms).Length, 1, 67_000);
    }

    private static TimelineRow Room(int id, params TimelineBusy[] busy) =>
        new(id, "Spree", new TimelineThing("people", "6 people", "6"), [], busy);

    private static TimelineBusy Booked(int from, int until) => new(from, until, "Booked", "09:00–10:15", TimelineBusyKind.Booked);

    private static string Row(TimelineRow row, Func<TimelineView, TimelineView>? change = null)
    {
        var view = new TimelineView(day, [row]);
        return new TimelineCells(change?.Invoke(view) ?? view, "at", "/icons.svg").Row(row);
    }

    private static int Columns(string row) =>
        Cell().Matches(row).Sum(cell =>
            cell.Groups["span"] is { Success: true } span ? int.Parse(span.Value, System.Globalization.CultureInfo.InvariantCulture) : 1);

    [GeneratedRegex("<td(?: aria-selected=true)?(?: colspan=(?<span>[0-9]+))?",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Cell();
}
