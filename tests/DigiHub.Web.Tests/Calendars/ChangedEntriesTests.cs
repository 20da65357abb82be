using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// A subscribed calendar is believed by its SEQUENCE and stamps: they rise with every change, and never fall (RFC 5545 3.8.7).
/// </summary>
public sealed class ChangedEntriesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private readonly string token = RandomToken.Make();

    protected override WebTestHubOptions Options => new() { Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0" } };

    [Theory]
    [InlineData(0)] // all in one moment
    [InlineData(1)]
    [InlineData(9)] // an undo is possible for ten
    public async Task An_event_is_newer_after_each_act_and_each_undo(int secondsBetween)
    {
        var draft =
            new EventDraft { Title = new("Löten"), Topic = "iot", SpaceId = Cast.Spree.Id, Start = new(2026, 12, 8, 18, 0), Capacity = 5 };
        var written = (await Get<WriteEvent>().Run(new WriteEventRequest(EventId: null, draft, Cast.Grace.Id), Stop)).Value;
        var evt = (await Get<PublishEvent>().Run(written.Id, Cast.Grace.Id, Stop)).Value;
        var registration = (await Get<Register>().Run(new RegisterRequest(evt.Id, Cast.Ada.Id), Stop)).Value.Registration!;

        await EachIsNewer(secondsBetween,
            () => Get<EditEvent>().Run(
                new EditEventRequest(evt.Id, draft with { Title = draft.Title with { German = "Löten für alle" } }, Cast.Grace.Id), Stop),
            () => Get<EditEvent>().Run(
                new EditEventRequest(evt.Id, draft with { Title = draft.Title with { German = "Löten am Abend" } }, Cast.Grace.Id), Stop),
            () => Get<EditEvent>().Run(new EditEventRequest(evt.Id, draft with { Start = new(2026, 12, 8, 19, 0) }, Cast.Grace.Id), Stop),
            () => Get<CancelRegistration>().Run(registration.Id, Cast.Ada.Id, Stop),
            () => Get<ReinstateRegistration>().Run(registration.Id, Cast.Ada.Id, Stop),
            () => Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop),
            () => Get<ReinstateEvent>().Run(evt.Id, Cast.Grace.Id, Stop),
            () => ChooseAlarmLater(10),
            () => ChooseAlarmLater(null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_booking_is_newer_after_each_act_and_each_undo(int secondsBetween)
    {
        var booking =
            (await Get<BookSpace>().Run(new BookSpaceRequest { ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = At(9) }, Stop)).Value;
        var move = new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id };

        await EachIsNewer(secondsBetween,
            () => Get<MoveBooking>().Run(move with { Title = "Sprint" }, Stop),
            () => Get<MoveBooking>().Run(move with { When = At(11) }, Stop),
            () => Get<MoveBooking>().Run(move with { SpaceId = Cast.Panke.Id }, Stop),
            () => Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop),
            () => Get<ReinstateBooking>().Run(booking.Id, Cast.Ada.Id, Stop));
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await TestHub.Lay(new AccessToken
        {
            Id = Guid.CreateVersion7(),
            MemberId = Cast.Ada.Id,
            Use = TokenUse.CalendarFeed,
            Name = "calendar",
            Hash = RandomToken.Hash(token),
            CreatedAt = DigiHub.Tests.TestHub.Opening,
        });
    }

    private async Task EachIsNewer(int secondsBetween, params Func<Task>[] acts)
    {
        using var reader = new CalendarReader();
        var before = await Look(reader);
        foreach (var act in acts)
        {
            TestHub.Clock.AdvanceSeconds(secondsBetween);
            await act();
            var after = await Look(reader);

            Assert.True(string.CompareOrdinal(after.Stamp, before.Stamp) > 0, $"DTSTAMP {after.Stamp} after {before.Stamp}");
            Assert.Equal(after.Stamp, after.Modified);
            Assert.True(after.Sequence >= before.Sequence);
            before = after;
        }
    }

    private async Task<CalendarReader.ReadEntry> Look(CalendarReader reader)
    {
        using var client = TestHub.NewClient();
        return Assert.Single(
            (await reader.Read(await client.GetStringAsync(new Uri($"/feeds/{token}.ics", UriKind.Relative), Stop))).Entries);
    }

    private Task<Outcome<Member>> ChooseAlarmLater(int? minutesBefore)
    {
        TestHub.Clock.AdvanceMinutes(5);
        return Get<ChooseCalendarAlarm>().Run(Cast.Ada.Id, minutesBefore, Stop);
    }

    private static When At(int hour) => When.Between(new(2026, 11, 25, hour, 0), new(2026, 11, 25, hour + 1, 0));

    private T Get<T>() where T : notnull => TestHub.Services.GetRequiredService<T>();
}
