using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Calendars.Links;
using DigiHub.Closures;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Spaces;
using DigiHub.Tests.Events;
using DigiHub.Time;
using Ical.Net.CalendarComponents;

namespace DigiHub.Tests.Calendars;

/// <summary>Calendar links of rooms, sites, organisations and of one's busy times (bookings.md section 10, open.md rule 16).</summary>
public abstract class CalendarLinksTests(TestDatabase database) : EventTests(database)
{
    private const string Title = "Geheimes Treffen";
    private static readonly LocalDate tuesday = new(2026, 11, 24);

    [Fact]
    public async Task A_room_shows_when_it_is_taken_and_by_nobody()
    {
        var link = await Made(Cast.Bob, new(Cast.Bob.Id, FeedOf.Space, FeedDetail.Busy, SpaceId: Cast.Spree.Id));
        await Book(Cast.Ada, Cast.Spree, 9);
        await Book(Cast.Ada, Cast.Hall, 14); // Spree is a part of it
        await Book(Cast.Bob, Cast.Panke, 9);
        var evt = await Publish();
        await TestHub.Get<CloseSpace>().Run(new(Cast.Alan.Id, Cast.Spree.Id,
            tuesday.PlusDays(7) + new LocalTime(9, 0), tuesday.PlusDays(7) + new LocalTime(12, 0), new("Repair", "Reparatur")), Stop);

        var (text, entries) = await Read(link);

        Assert.Equal(["Booked", "Booked", "Booked", "Out of service: Repair"], entries.Select(one => one.Summary).Order());
        Assert.Contains(entries, one => one.Start!.Value.Hour == 14 && one.Location!.StartsWith(Cast.Hall.Name, StringComparison.Ordinal));
        Assert.Contains(entries, one => one.Uid == $"event-{evt.Id:N}@{Hub}");
        foreach (var secret in (string[])[Title, "Ada", "ada@", "/bookings/", evt.Title.Words.German, evt.Title.Words.English])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_desk_reads_names_and_titles_as_long_as_it_is_the_front_desk()
    {
        Assert.Equal("feed_only_busy", (await Make(new(Cast.Bob.Id, FeedOf.Space, FeedDetail.Full, SpaceId: Cast.Spree.Id))).Refusal?.Code);
        Assert.Equal("feed_only_busy", (await Make(new(Cast.Bob.Id, FeedOf.Site, FeedDetail.Full, SiteId: Cast.East.Id))).Refusal?.Code);
        await Book(Cast.Ada, Cast.Spree, 9);
        await Book(Cast.Ada, Cast.Havel, 9);
        var room = await Made(Cast.Frieda, new(Cast.Frieda.Id, FeedOf.Space, FeedDetail.Full, SpaceId: Cast.Spree.Id));
        var site = await Made(Cast.Frieda, new(Cast.Frieda.Id, FeedOf.Site, FeedDetail.Full, SiteId: Cast.East.Id));

        foreach (var link in (string[])[room, site])
        {
            var entry = Assert.Single((await Read(link)).Entries);
            Assert.Equal($"{Title} (Ada)", entry.Summary);
        }

        await TestHub.Read(async db =>
        {
            await Cast.GiveRoles(db, Cast.Frieda);
            return true;
        });

        Assert.Null(await TextOf(room));
        Assert.Null(await TextOf(site));
    }

    [Fact]
    public async Task An_organisation_shows_what_its_people_have_booked_without_their_titles()
    {
        Assert.Equal("feed_only_busy", (await Make(OfInstitute(Cast.Bob, FeedDetail.Full))).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await Make(OfInstitute(Cast.Ada, FeedDetail.Busy))).Refusal);
        await TestHub.Read(db => db.Memberships.Where(one => one.MemberId == Cast.Grace.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Role, MembershipRole.Administrator), Stop));
        var (busy, full) = (await Made(Cast.Bob, OfInstitute(Cast.Bob, FeedDetail.Busy)),
            await Made(Cast.Grace, OfInstitute(Cast.Grace, FeedDetail.Full)));
        await Book(Cast.Bob, Cast.Spree, 9);
        await Book(Cast.Ada, Cast.Spree, 14);

        var (busyText, busyEntries) = await Read(busy);
        var (fullText, fullEntries) = await Read(full);

        Assert.Equal("Booked", Assert.Single(busyEntries).Summary);
        Assert.Equal($"Bob, {Cast.Spree.Name}", Assert.Single(fullEntries).Summary);
        Assert.DoesNotContain("Bob", busyText, StringComparison.Ordinal);
        Assert.DoesNotContain(Title, busyText + fullText, StringComparison.Ordinal);

        await TestHub.Get<EndMembership>().Run(new(Cast.Institute.Slug, Cast.Bob.Id, Bookings: null, Cast.Bob.Id), Stop);
        Assert.Null(await TextOf(busy));
        Assert.Empty((await Read(full)).Entries);
    }

    [Fact]
    public async Task Ones_own_busy_times_tell_nothing_else()
    {
        var link = await Made(Cast.Ada, new(Cast.Ada.Id, FeedOf.Member, FeedDetail.Busy));
        var booking = await Book(Cast.Ada, Cast.Spree, 9);
        await Book(Cast.Bob, Cast.Panke, 9);

        var (text, entries) = await Read(link);

        var entry = Assert.Single(entries);
        Assert.Equal(("Belegt", $"booking-{booking.Id:N}@{Hub}"), (entry.Summary, entry.Uid));
        Assert.DoesNotContain(Title, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_cancelled_stays_as_such_for_sixty_days_and_stamps_rise_with_changes_alone()
    {
        var link = await Made(Cast.Ada, new(Cast.Ada.Id, FeedOf.Space, FeedDetail.Busy, SpaceId: Cast.Spree.Id));
        var booking = await Book(Cast.Ada, Cast.Spree, 9);
        var first = await Read(link);
        TestHub.Clock.AdvanceMinutes(10);
        Assert.Equal(first.Text, await TextOf(link));

        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        var cancelled = Assert.Single((await Read(link)).Entries);

        Assert.Equal("CANCELLED", cancelled.Status);
        Assert.True(cancelled.Sequence > first.Entries[0].Sequence);
        Assert.True(cancelled.DtStamp!.AsUtc > first.Entries[0].DtStamp!.AsUtc);
        TestHub.Clock.AdvanceDays(61);
        Assert.Empty((await Read(link)).Entries);
    }

    [Fact]
    public async Task A_link_ends_when_it_is_revoked_or_its_owner_is_disabled()
    {
        var request = new FeedLinkRequest(Cast.Bob.Id, FeedOf.Site, FeedDetail.Busy, SiteId: Cast.West.Id);
        var (one, other) = (await Made(Cast.Bob, request), await Made(Cast.Bob, request));
        Assert.NotNull(await TextOf(one));

        var latest = (await TestHub.Get<FeedLinks>().Of(Cast.Bob.Id, Stop))[0];
        await TestHub.Get<AccessTokens>().Revoke(Cast.Bob.Id, latest.Token.Id, Stop);
        Assert.Single((string?[])[await TextOf(one), await TextOf(other)], text => text is not null);

        await TestHub.Read(db => db.Members.Where(member => member.Id == Cast.Bob.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.DisabledAt, DigiHub.Tests.TestHub.Opening), Stop));
        Assert.Null(await TextOf(one));
        Assert.Null(await TextOf(other));
        Assert.Null(await TextOf(AccessTokens.LinkPrefix + "unknown"));
    }

    [Fact]
    public async Task A_member_has_at_most_twenty_even_when_all_are_made_at_once()
    {
        var request = new FeedLinkRequest(Cast.Ada.Id, FeedOf.Member, FeedDetail.Busy);
        var made = await Task.WhenAll(Enumerable.Range(0, FeedLink.PerMemberMax + 4).Select(_ => Make(request)));

        Assert.Equal(4, made.Count(one => one.Refusal?.Code == "feed_link_count"));
        Assert.Equal(FeedLink.PerMemberMax, (await TestHub.Get<FeedLinks>().Of(Cast.Ada.Id, Stop)).Count);
    }

    [Fact]
    public async Task The_calendar_of_ones_own_is_none_of_them_and_a_new_one_leaves_them_alone()
    {
        var link = await Made(Cast.Ada, new(Cast.Ada.Id, FeedOf.Member, FeedDetail.Busy));

        var own = (await TestHub.Get<AccessTokens>().RotateFeed(Cast.Ada.Id, Stop)).Value.Secret;

        Assert.NotNull(await TextOf(link));
        Assert.Null(await TextOf(own));
        Assert.Null(await TestHub.Get<Feeds>().OfMember(link, Written, new("https://hub.example.org"), Stop));
    }

    private string Hub { get; set; } = "";

    private static CalendarText Written => new(new CalendarPerson("DigiHub", EmailAddress.Of("hub@example.org")));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Hub = (await TestHub.Get<HubIdentity>().Get(Stop)).Text;
    }

    private FeedLinkRequest OfInstitute(Member member, FeedDetail detail) =>
        new(member.Id, FeedOf.Organisation, detail, Organisation: Cast.Institute.Slug);

    private Task<Outcome<NewFeedLink>> Make(FeedLinkRequest request) => TestHub.Get<FeedLinks>().Make(request, Stop);

    private async Task<string> Made(Member member, FeedLinkRequest request)
    {
        Assert.Equal(member.Id, request.MemberId);
        var made = await Make(request);
        Assert.True(made.IsDone, made.Refusal?.Message.English);
        return made.Value.Secret;
    }

    private Task<string?> TextOf(string link) => TestHub.Get<LinkedFeeds>().Of(link, Written, new("https://hub.example.org"), Stop);

    private async Task<(string Text, List<CalendarEvent> Entries)> Read(string link)
    {
        var text = await TextOf(link);
        Assert.NotNull(text);
        Assert.DoesNotContain("ATTENDEE", text, StringComparison.Ordinal);
        return (text, [.. Ical.Net.Calendar.Load(text)!.Events]);
    }

    private async Task<Booking> Book(Member member, Space space, int hour)
    {
        var booked = await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = member.Id,
            SpaceId = space.Id,
            When = DigiHub.Bookings.When.Between(tuesday + new LocalTime(hour, 0), tuesday + new LocalTime(hour + 1, 0)),
            Title = Title,
        }, Stop);
        Assert.True(booked.IsDone, booked.Refusal?.Message.English);
        return booked.Value;
    }

    public sealed class OnSqlite(SqliteDatabase database) : CalendarLinksTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CalendarLinksTests(database), IClassFixture<PostgresDatabase>;
}
