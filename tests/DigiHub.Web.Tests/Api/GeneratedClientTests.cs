using System.Diagnostics;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Bookings.Demand;
using DigiHub.Bookings.Waiting;
using DigiHub.Calendars.Links;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Api;

/// <summary>
/// A client made from the OpenAPI document by a program of others runs over every operation of a real hub: the document is
/// valid, says all that is taken and given, and the hub keeps to it. What it does stands in tests/client.
/// </summary>
public sealed class GeneratedClientTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly string? Client = Environment.GetEnvironmentVariable("DIGIHUB_TEST_CLIENT");
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_client_made_from_the_document_can_do_everything()
    {
        Assert.SkipWhen(Client is null, "No generator of clients: DIGIHUB_TEST_CLIENT is not set (tests/run sets it).");
        using HttpClient ada = await TestHub.NewApiClient(Cast.Ada), bob = await TestHub.NewApiClient(Cast.Bob),
            grace = await TestHub.NewApiClient(Cast.Grace), frieda = await TestHub.NewApiClient(Cast.Frieda),
            alan = await TestHub.NewApiClient(Cast.Alan);
        using var seen = await TestHub.SignIn(Cast.Ada, Language.German); // so that there is a session to tell of
        await LayDomain();
        await LayVisitors();
        await LayCalendarLinks();
        await LayUse();
        await TestHub.Lay(Membership.Of(Cast.Frieda.Id, Cast.Startup.Id, DigiHub.Tests.TestHub.Opening, isHome: false));
        var hub = JsonSerializer.Serialize(new
        {
            url = TestHub.Url,
            tokens = new { ada = Token(ada), bob = Token(bob), grace = Token(grace), frieda = Token(frieda), alan = Token(alan) },
            adaId = Cast.Ada.Id,
            bobId = Cast.Bob.Id,
            desk = Cast.Desk.Id,
            spree = Cast.Spree.Id,
            hall = Cast.Hall.Id,
            west = Cast.WestDesk.Id,
            asked = await LayBooking(Cast.Booth, BookingStatus.Confirmed),
            released = await LayBooking(Cast.Panke, BookingStatus.Released),
            booth = Cast.Booth.Id,
            friedaId = Cast.Frieda.Id,
            offered = await LayOffer(9),
            declined = await LayOffer(14),
        });

        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(Client, "run.mjs"));
        using var client = Process.Start(start)!;
        try
        {
            await client.StandardInput.WriteAsync(hub);
            client.StandardInput.Close();
            var errors = client.StandardError.ReadToEndAsync(Stop);
            var said = await client.StandardOutput.ReadToEndAsync(Stop).WaitAsync(patience, Stop);

            var all = (said + await errors).Trim();
            Assert.True(all == "ok", all); // the whole of it, which Equal would cut
        }
        finally
        {
            client.Kill();
        }
    }

    /// <summary>Ada's, running since half an hour ago, where one checks in.</summary>
    private async Task<Guid> LayBooking(Space space, BookingStatus status)
    {
        var (now, start) = (DigiHub.Tests.TestHub.Opening, new LocalDateTime(2026, 11, 23, 8, 30));
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(),
            SpaceId = space.Id,
            SiteId = space.SiteId,
            MemberId = Cast.Ada.Id,
            BookedById = Cast.Ada.Id,
            StartLocal = start,
            EndLocal = start.PlusMinutes(90),
            Start = now - Duration.FromMinutes(30),
            End = now + Duration.FromMinutes(60),
            Status = status,
            CheckInBy = now - Duration.FromMinutes(1),
            CancelledAt = status == BookingStatus.Released ? now - Duration.FromMinutes(1) : null,
            CreatedAt = now - Duration.FromDays(1),
        };
        await TestHub.Lay(booking);
        return booking.Id;
    }

    /// <summary>Who ask to join: one says much, the others only who they are.</summary>
    private async Task LayVisitors()
    {
        foreach (var (name, organisation, text) in ((string, string?, string?)[])
            [("Lise", "Kieztakt", "We solder."), ("Otto", null, null), ("Emmy", null, null)])
        {
            var asked = await TestHub.Services.GetRequiredService<AskToJoin>().Run(
                name, $"{name}@visitors.example", organisation, text, name == "Lise" ? Language.English : Language.German, Stop);
            Assert.True(asked.IsDone, asked.Refusal?.Message.English);
        }
    }

    /// <summary>A week in which somebody did not come to the hall's neighbour, and wishes that nobody could meet.</summary>
    private async Task LayUse()
    {
        foreach (var days in (int[])[14, 7])
        {
            var start = new LocalDateTime(2026, 11, 19, 9, 0).PlusDays(-days);
            await TestHub.Lay(new Booking
            {
                Id = Guid.CreateVersion7(),
                SpaceId = Cast.Desk.Id,
                SiteId = Cast.Desk.SiteId,
                MemberId = Cast.Bob.Id,
                BookedById = Cast.Bob.Id,
                StartLocal = start,
                EndLocal = start.PlusHours(2),
                Start = DigiHub.Tests.TestHub.Opening - Duration.FromDays(days + 4),
                End = DigiHub.Tests.TestHub.Opening - Duration.FromDays(days + 4) + Duration.FromHours(2),
                Status = days == 7 ? BookingStatus.Released : BookingStatus.Confirmed,
                CreatedAt = DigiHub.Tests.TestHub.Opening - Duration.FromDays(days + 5),
            });
        }

        foreach (var kind in (SpaceKind?[])[SpaceKind.Room, null])
        {
            await TestHub.Lay(new UnmetWish
            {
                Id = Guid.CreateVersion7(),
                Date = new LocalDate(2026, 11, 20),
                SiteId = Cast.East.Id,
                Kind = kind,
                Hour = 14,
                Code = kind is null ? UnmetWish.NothingFree : "slot_taken",
                Count = 3,
            });
        }
    }

    private async Task LayCalendarLinks()
    {
        var links = TestHub.Services.GetRequiredService<FeedLinks>();
        Assert.True((await links.Make(new(Cast.Ada.Id, FeedOf.Space, FeedDetail.Busy, SpaceId: Cast.Spree.Id), Stop)).IsDone);
        Assert.True((await links.Make(new(Cast.Ada.Id, FeedOf.Member, FeedDetail.Full), Stop)).IsDone);
    }

    /// <summary>Ada's entry, for which Spree is held just now.</summary>
    private async Task<Guid> LayOffer(int hour)
    {
        var (now, start) = (DigiHub.Tests.TestHub.Opening, new LocalDateTime(2026, 12, 10, hour, 0));
        var from = Instant.FromUtc(2026, 12, 10, hour - 1, 0);
        var entry = new WaitingEntry
        {
            Id = Guid.CreateVersion7(),
            MemberId = Cast.Ada.Id,
            CreatedById = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            SiteId = Cast.Spree.SiteId,
            Kind = SpaceKind.Room,
            FromLocal = start,
            UntilLocal = start.PlusHours(1),
            JoinedAt = now,
            EndsAt = from,
            WishKey = $"laid {hour}",
        };
        var offer = new WaitingOffer
        {
            Id = Guid.CreateVersion7(),
            EntryId = entry.Id,
            MemberId = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            StartLocal = start,
            EndLocal = start.PlusHours(1),
            Start = from,
            End = from + Duration.FromHours(1),
            OfferedAt = now,
            Until = now + Duration.FromHours(5),
        };
        await TestHub.Lay(entry, offer);
        await TestHub.Lay([.. Cast.Spree.Units.Select(unit => new Claim
        {
            Id = Guid.CreateVersion7(),
            UnitId = unit.UnitId,
            Start = offer.Start,
            End = offer.End,
            TakenAt = now,
            HeldUntil = offer.Until,
            Holder = WaitingOffer.Subject.Of(offer.Id),
        })]);
        return entry.Id;
    }

    /// <summary>Proven, and their records missing since, which only nights bring about.</summary>
    private async Task LayDomain()
    {
        await TestHub.Lay(new OrganisationDomain
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Cast.Startup.Id,
            Domain = "old.example",
            Token = OrganisationDomain.NewToken(),
            AddedAt = DigiHub.Tests.TestHub.Opening,
        });
        await TestHub.Lay(new OrganisationDomain
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Cast.Institute.Id,
            Domain = "example.org",
            Token = OrganisationDomain.NewToken(),
            AddedAt = DigiHub.Tests.TestHub.Opening,
        });
        await using var db = TestHub.OpenDb();
        await db.OrganisationDomains.ExecuteUpdateAsync(row => row.SetProperty(one => one.VerifiedAt, DigiHub.Tests.TestHub.Opening)
            .SetProperty(one => one.MissingSince, DigiHub.Tests.TestHub.Opening), Stop);
    }

    private static string Token(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;
}
