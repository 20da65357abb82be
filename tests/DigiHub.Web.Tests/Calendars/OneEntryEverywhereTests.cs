using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>The e-mail's entry, the subscribed calendar's and the downloaded one are one entry, however often it changes.</summary>
public abstract class OneEntryEverywhereTests(TestDatabase database) : WebHubTests(database)
{
    private readonly string token = RandomToken.Make();
    private readonly HashSet<string> seen = [];

    [Fact]
    public async Task An_event_has_one_uid_and_sequence_in_email_feed_and_download()
    {
        var draft = new EventDraft
        {
            Title = new("Löten für alle", "Soldering for everybody"),
            Topic = "iot",
            SpaceId = Cast.Spree.Id,
            Start = new(2026, 12, 8, 18, 0),
            Capacity = 5,
        };
        var written = (await Get<WriteEvent>().Run(new WriteEventRequest(EventId: null, draft, Cast.Grace.Id), Stop)).Value;
        var evt = (await Get<PublishEvent>().Run(written.Id, Cast.Grace.Id, Stop)).Value;
        var download = $"/events/{evt.Slug}.ics";

        await Get<Register>().Run(new RegisterRequest(evt.Id, Cast.Ada.Id), Stop);
        var registered = await Look("REQUEST", download);
        await Get<EditEvent>().Run(new EditEventRequest(evt.Id, draft with { Start = new(2026, 12, 8, 19, 0) }, Cast.Grace.Id), Stop);
        var moved = await Look("REQUEST", download);
        await Get<CancelRegistration>().Run(await RegistrationId(), Cast.Ada.Id, Stop);
        var left = await Look("CANCEL", download);
        await Get<Register>().Run(new RegisterRequest(evt.Id, Cast.Ada.Id), Stop);
        var again = await Look("REQUEST", download);
        await Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop);
        var calledOff = await Look("CANCEL", download);

        var hub = (await TestHub.Name()).Text;
        Entry[] history = [registered, moved, left, again, calledOff];
        Assert.All(history, entry => Assert.Equal($"event-{evt.Id:N}@{hub}", Assert.Single(entry.Uids)));
        Assert.All(history, entry => Assert.Equal(entry.InEmail, entry.InFeed));
        Assert.Equal(history.Select(entry => entry.InEmail).Distinct().Order(), history.Select(entry => entry.InEmail));
        // The public download knows nobody's own coming and going: until then it is the same, and never ahead.
        Assert.All([registered, moved], entry => Assert.Equal(entry.InEmail, entry.InDownload));
        Assert.All([left, again, calledOff], entry => Assert.InRange(entry.InDownload!.Value, moved.InDownload!.Value, entry.InEmail));
    }

    [Fact]
    public async Task A_booking_has_one_uid_and_sequence_in_email_and_feed()
    {
        var nine = When.Between(new(2026, 11, 25, 9, 0), new(2026, 11, 25, 10, 0));
        var booking =
            (await Get<BookSpace>().Run(new BookSpaceRequest { ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = nine }, Stop)).Value;
        var booked = await Look("REQUEST");
        var ten = When.Between(new(2026, 11, 25, 10, 0), new(2026, 11, 25, 11, 0));
        await Get<MoveBooking>().Run(new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, When = ten }, Stop);
        var moved = await Look("REQUEST");
        await Get<MoveBooking>().Run(
            new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Panke.Id }, Stop);
        var elsewhere = await Look("REQUEST");
        await Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        var cancelled = await Look("CANCEL");

        var hub = (await TestHub.Name()).Text;
        Entry[] history = [booked, moved, elsewhere, cancelled];
        Assert.All(history, entry => Assert.Equal($"booking-{booking.Id:N}@{hub}", Assert.Single(entry.Uids)));
        Assert.All(history, entry => Assert.Equal(entry.InEmail, entry.InFeed));
        Assert.Equal(history.Select(entry => entry.InEmail).Distinct().Order(), history.Select(entry => entry.InEmail));
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

    /// <summary>One entry as the three show it, after an act; sequences by where they stand.</summary>
    private sealed record Entry(IReadOnlySet<string> Uids, int InEmail, int InFeed, int? InDownload);

    private async Task<Entry> Look(string method, string? download = null)
    {
        TestHub.Clock.AdvanceMinutes(11); // past every wait before an e-mail
        var notification = await FromEmail(method);
        var feed = await Load($"/feeds/{token}.ics");
        var file = download is null ? null : await Load(download);
        HashSet<string> uids = [notification.Uid!, feed.Uid!];
        if (file is not null)
            uids.Add(file.Uid!);
        return new(uids, notification.Sequence, feed.Sequence, file?.Sequence);
    }

    /// <summary>Of the one mail with a calendar part that leaves now.</summary>
    private async Task<CalendarEvent> FromEmail(string method)
    {
        await using (var scope = TestHub.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
        var parts = new List<string>();
        foreach (var file in TestHub.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories).Where(file => seen.Add(file.Name)))
        {
            using var mail = await MimeMessage.LoadAsync(file.FullName, Stop);
            parts.AddRange(mail.BodyParts.OfType<TextPart>()
                .Where(part => part.ContentType.IsMimeType("text", "calendar")).Select(part => part.Text));
        }

        var calendar = Calendar.Load(Assert.Single(parts))!;
        Assert.Equal(method, calendar.Method);
        return Assert.Single(calendar.Events);
    }

    private async Task<CalendarEvent> Load(string path)
    {
        using var client = TestHub.NewClient();
        return Assert.Single(Calendar.Load(await client.GetStringAsync(new Uri(path, UriKind.Relative), Stop))!.Events);
    }

    private Task<Guid> RegistrationId() => TestHub.Read(db => db.Registrations.Select(one => one.Id).SingleAsync(Stop));

    private T Get<T>() where T : notnull => TestHub.Services.GetRequiredService<T>();

    public sealed class OnSqlite(SqliteDatabase database) : OneEntryEverywhereTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OneEntryEverywhereTests(database), IClassFixture<PostgresDatabase>;
}
