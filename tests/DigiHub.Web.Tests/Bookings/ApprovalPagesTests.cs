using System.Net;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Approving, booking for a colleague and receiving guests on the pages, without a script. It is Monday, 09:00.</summary>
public sealed class ApprovalPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Friday = new(2026, 11, 27);

    [Fact]
    public async Task The_link_of_the_email_shows_and_a_button_approves_without_signing_in()
    {
        await Ask();
        var booking = await Book(Cast.Bob, Cast.Spree);
        var key = await Key(booking);
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open($"/approve/{key}?act=approve");
        Assert.Contains("Bob", reader.Text, StringComparison.Ordinal);
        Assert.True((await Now(booking)).IsPending); // a link changes nothing

        await reader.Send("main form:has([value=approve])", ("act", "approve"));

        Assert.Contains("Alan approved it", reader.Text, StringComparison.Ordinal);
        Assert.False((await Now(booking)).IsPending);
        await reader.Open($"/approve/{key}?act=decline");
        Assert.Contains("already decided", reader.Text, StringComparison.Ordinal);
        Assert.Null(reader.Page.QuerySelector("main form"));
        await reader.Open("/approve/guess");
        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
    }

    [Fact]
    public async Task Declining_by_the_link_wants_a_reason_that_who_booked_reads_with_what_else_is_free()
    {
        await Ask();
        var booking = await Book(Cast.Bob, Cast.Spree);
        var key = await Key(booking);
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open($"/approve/{key}?act=decline");
        await reader.Send("main form:has([name=reason])", ("reason", " "));
        Assert.Contains("Say why.", reader.Text, StringComparison.Ordinal);

        await reader.Send("main form:has([name=reason])", ("reason", "Painters"));

        Assert.Equal(BookingStatus.Declined, (await Now(booking)).Status);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/bookings/{booking.Id}");
        Assert.Contains("Why: Painters", bob.Text, StringComparison.Ordinal);
        Assert.NotEmpty(bob.Page.QuerySelectorAll("main .book-button"));
    }

    [Fact]
    public async Task The_list_is_for_those_who_decide_and_those_who_see_and_for_nobody_else()
    {
        await Ask();
        var booking = await Book(Cast.Bob, Cast.Spree);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin");
        Assert.Contains("Buchungen warten auf Genehmigung", alan.Text, StringComparison.Ordinal);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/approvals");
        Assert.Contains("Darüber entscheiden andere.", frieda.Text, StringComparison.Ordinal);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/approvals");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);

        await alan.Open("/approvals");
        await alan.Send("main form:has([value=approve])");

        Assert.Contains("Genehmigt.", alan.Text, StringComparison.Ordinal);
        Assert.False((await Now(booking)).IsPending);
    }

    [Fact]
    public async Task The_booking_says_until_when_it_waits()
    {
        await Ask();
        var booking = await Book(Cast.Bob, Cast.Spree);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open($"/bookings/{booking.Id}");

        Assert.Contains("Waits for approval", bob.Text, StringComparison.Ordinal);
        Assert.Contains("25 November 2026", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_is_named_expected_and_says_that_they_are_there()
    {
        var booking = await Book(Cast.Bob, Cast.Spree);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/bookings/{booking.Id}");
        await bob.Send("form:has([value=add-guest])", ("guestName", "Ina"), ("guestEmail", "ina@example.net"));
        Assert.Contains("2 of 8 people.", bob.Text, StringComparison.Ordinal);
        await bob.Send("form:has([value=add-guest])", ("guestName", ""), ("guestEmail", ""));
        Assert.Contains("Enter the guest’s name.", bob.Text, StringComparison.Ordinal);
        var guest = await TestHub.Read(db => db.BookingGuests.SingleAsync(Stop));
        var key = (await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Guest, guest.Id);

        TestHub.Clock.Reset(booking.Start);
        using var ina = TestHub.NewReader(Language.English);
        await ina.Open($"/guest/{key}");
        Assert.Contains("Bob expects you.", ina.Text, StringComparison.Ordinal);
        await ina.Send("main form");
        Assert.Contains("Welcome.", ina.Text, StringComparison.Ordinal);

        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/guests?site=east");
        Assert.Contains("1 von 1 sind da", frieda.Text, StringComparison.Ordinal);
        await frieda.Send("main form:has([name=guest])", ("act", "undo"));
        Assert.Contains("0 von 1 sind da", frieda.Text, StringComparison.Ordinal);
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/guests");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Fact]
    public async Task A_colleague_is_named_books_and_sees_the_bookings_until_it_is_ended()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/account/delegates");
        await bob.Send("#add", ("delegate", Cast.Grace.Id.ToString()));
        Assert.Contains("Added.", bob.Text, StringComparison.Ordinal);
        var booking = await Book(Cast.Bob, Cast.Spree);

        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open($"/my-bookings?for={Cast.Bob.Id}");
        Assert.Contains("Buchungen von", grace.Text, StringComparison.Ordinal);
        await grace.Send($"button[formaction='/bookings/{booking.Id}']");
        Assert.Equal(BookingStatus.Cancelled, (await Now(booking)).Status);
        await grace.Open($"/my-bookings?for={Cast.Ada.Id}");
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);

        await bob.Open("/account/delegates");
        await bob.Send("li form:has([value=end])");
        Assert.Equal(0, await TestHub.Read(db => db.Delegations.CountAsync(Stop)));
        await grace.Open($"/my-bookings?for={Cast.Bob.Id}");
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
    }

    [Fact]
    public async Task The_rules_name_who_approves()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/rules/{Cast.RoomRules.Id}");
        await alan.Send("#rules", ("needsApproval", "true"), ("approvers", "grace@example.org\nnobody@example.org"));
        Assert.Contains("nobody@example.org", alan.Text, StringComparison.Ordinal);
        Assert.Equal(0, await TestHub.Read(db => db.SpaceApprovers.CountAsync(Stop)));

        await alan.Send("#rules", ("needsApproval", "true"), ("approvers", "grace@example.org"));

        Assert.Equal(Cast.Grace.Id, (await TestHub.Read(db => db.SpaceApprovers.SingleAsync(Stop))).MemberId);
        Assert.True((await Book(Cast.Bob, Cast.Spree)).IsPending);
    }

    private Task Ask() => TestHub.ChangeCatalogue(db => db.RuleSets.Where(one => one.Id == Cast.RoomRules.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.NeedsApproval, true), Stop));

    private async Task<Booking> Book(Member member, Space space) => (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
    {
        ActorId = member.Id,
        SpaceId = space.Id,
        When = When.Between(Friday + new LocalTime(10, 0), Friday + new LocalTime(11, 0)),
    }, Stop)).Value;

    private Task<Booking> Now(Booking booking) =>
        TestHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking.Id, Stop));

    private async Task<string> Key(Booking booking)
    {
        var request = new ApprovalRequest
        {
            Id = Guid.CreateVersion7(),
            ApprovalId = booking.ApprovalId!.Value,
            ApproverId = Cast.Alan.Id,
            AskedAt = booking.CreatedAt,
        };
        await TestHub.Lay(request);
        return (await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Approval, request.Id);
    }
}
