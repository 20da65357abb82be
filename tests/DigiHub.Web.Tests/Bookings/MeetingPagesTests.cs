using System.Net;
using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Proposals;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>A room at each of two sites on the pages, and the way between them, without a script. It is Monday, 09:00.</summary>
public sealed class MeetingPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Wish = "/meetings/new?site=east&other=west&day=2026-11-24&start=14:00&length=60&people=4&otherPeople=3";

    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task The_smallest_pair_is_booked_with_one_button_shown_as_one_row_and_cancelled_with_undo()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open(Wish);
        Assert.Contains("Spree", bob.Page.QuerySelector(".cards li")!.TextContent, StringComparison.Ordinal);

        await bob.Send("main .cards li:first-child form");

        Assert.Contains("Spree and Havel", bob.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Spree + Havel", bob.Page.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        await bob.Open("/my-bookings");
        var row = Assert.Single(bob.Page.QuerySelectorAll("main .agenda li"));
        Assert.Contains("Spree and Havel", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(bob.Page.QuerySelectorAll(".way"));

        await bob.Send("main .agenda li > button.act-2");
        Assert.Empty(await Standing());
        await bob.Send(".toast form");
        Assert.Equal(2, (await Standing()).Count);
    }

    [Fact]
    public async Task A_room_that_was_taken_meanwhile_is_named_and_another_of_its_site_books_both()
    {
        await TestHub.Lay(Dahme());
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open(Wish);
        await Book(Cast.Ada, Cast.Havel, 14, 15);

        await bob.Send("main .cards li:first-child form");

        Assert.Equal(HttpStatusCode.Conflict, bob.Status);
        Assert.Contains("Havel, DigiHub West: ", bob.Text, StringComparison.Ordinal);
        await bob.Send("[role=alert] li:first-child form");
        var (first, second) = ((await Standing(Cast.Bob))[0], (await Standing(Cast.Bob))[1]);
        Assert.Equal(first.MeetingId, second.MeetingId);
        Assert.DoesNotContain(Cast.Havel.Id, new[] { first.SpaceId, second.SpaceId });
    }

    [Fact]
    public async Task Where_one_site_has_nothing_it_is_named_and_other_times_lead_to_pairs()
    {
        await Book(Cast.Ada, Cast.Havel, 14, 15);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open(Wish);

        Assert.Contains("Nothing fits at DigiHub West", bob.Text, StringComparison.Ordinal);
        await bob.Open(bob.Page.QuerySelector("main section ul a")!.GetAttribute("href")!);
        Assert.NotEmpty(bob.Page.QuerySelectorAll("main .cards li:first-child form"));
    }

    [Theory]
    [InlineData("?day=2026-11-24&start=23:30&length=60", "A meeting ends on the day it begins.")]
    [InlineData("?day=2026-11-20", "")]
    public async Task A_time_that_cannot_be_is_said(string query, string sentence)
    {
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/meetings/new" + query);

        Assert.Equal(HttpStatusCode.OK, bob.Status);
        Assert.Contains("Not at that time", bob.Text, StringComparison.Ordinal);
        Assert.Contains(sentence, bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_between_the_sites_is_warned_of_before_booking_after_it_and_in_the_list_never_refused()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open($"/book?space={Cast.Havel.Id}&from=2026-11-24T11:00&to=2026-11-24T12:00&returnUrl=/my-bookings");
        Assert.Contains("Spree at DigiHub East ends at 11:00. The way to DigiHub West takes 35 minutes", bob.Text,
            StringComparison.Ordinal);
        Assert.Contains("Earliest comfortable start: 11:45", bob.Text, StringComparison.Ordinal);

        await bob.Send("main form");
        Assert.Contains("takes 35 minutes", bob.Page.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("you won’t be there in time", bob.Page.QuerySelector(".way")!.TextContent, StringComparison.Ordinal);

        await bob.Send(".way form");
        var moved = (await Standing(Cast.Bob)).Single(one => one.SpaceId == Cast.Havel.Id);
        Assert.Equal((Tomorrow.At(new(11, 45)), Tomorrow.At(new(12, 45))), (moved.StartLocal, moved.EndLocal));
        Assert.Empty(bob.Page.QuerySelectorAll(".way"));
    }

    [Fact]
    public async Task Who_hands_a_meeting_over_and_who_is_asked_read_both_rooms()
    {
        await using (var db = TestHub.OpenDb())
        {
            db.Memberships.Add(Membership.Of(Cast.Bob.Id, Cast.Startup.Id, DigiHub.Tests.TestHub.Opening, isHome: false));
            await db.SaveChangesAsync(Stop);
        }

        var meeting = (await Get<BookMeeting>().Run(new()
        {
            ActorId = Cast.Ada.Id,
            Rooms = [new(Cast.Panke.Id), new(Cast.Havel.Id)],
            When = When.Between(Tomorrow.At(new(11, 0)), Tomorrow.At(new(12, 0))),
        }, Stop)).Value;
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/bookings/{meeting.Second.Id}/hand-over");
        Assert.Contains("Mit ihm geht der andere Raum der Besprechung: Panke, DigiHub East.", ada.Text, StringComparison.Ordinal);

        await Get<ProposeHandOver>().Run(new(Cast.Ada.Id, meeting.Second.Id, Cast.Bob.Id), Stop);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");

        Assert.Contains("DigiHub West; Room Panke, DigiHub East", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_at_both_sites_is_in_nobodys_way()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        await Get<BookMeeting>().Run(new()
        {
            ActorId = Cast.Bob.Id,
            Rooms = [new(Cast.Panke.Id), new(Cast.Havel.Id)],
            When = When.Between(Tomorrow.At(new(11, 0)), Tomorrow.At(new(12, 0))),
        }, Stop);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/my-bookings");

        Assert.Empty(bob.Page.QuerySelectorAll(".way"));
    }

    [Fact]
    public async Task Two_sites_are_offered_where_rooms_are_sought()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        foreach (var page in new[] { "/rooms?site=east", "/find?kind=room" })
        {
            await bob.Open(page);
            Assert.NotNull(bob.Page.QuerySelector("main a[href^='/meetings/new']"));
        }

        await bob.Open("/find?kind=desk");
        Assert.Null(bob.Page.QuerySelector("main a[href^='/meetings/new']"));
    }

    private Task<List<Booking>> Standing(Member? of = null) => TestHub.Read(db => db.Bookings.AsNoTracking()
        .Where(one => one.Status == BookingStatus.Confirmed && (of == null || one.MemberId == of.Id)).ToListAsync(Stop));

    private Space Dahme() => new()
    {
        SiteId = Cast.West.Id,
        FloorId = Cast.West.Floors[0].Id,
        Kind = SpaceKind.Room,
        Name = "Dahme",
        Zone = new("Hof", "Yard"),
        Capacity = 10,
        Rules = new RuleSet { Name = new("Hof", "Yard"), Granularity = Granularity.Minutes },
        Units = [new SpaceUnit { UnitId = 99 }],
    };

    private async Task<Booking> Book(Member member, Space space, int from, int until) => (await Get<BookSpace>().Run(new()
    {
        ActorId = member.Id,
        SpaceId = space.Id,
        When = When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0))),
    }, Stop)).Value;

    private T Get<T>() where T : notnull => TestHub.Services.GetRequiredService<T>();
}
