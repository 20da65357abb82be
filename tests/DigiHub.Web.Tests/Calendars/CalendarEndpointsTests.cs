using System.Net;
using System.Net.Http.Headers;
using DigiHub.Access;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Tests.Mail;
using DigiHub.Web.Tests.Notifications;
using Ical.Net;

namespace DigiHub.Web.Tests.Calendars;

public sealed class CalendarEndpointsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private readonly string token = RandomToken.Make();
    private Event evt = null!;
    private AccessToken key = null!;

    [Theory]
    [InlineData("/feeds/east.ics", "IoT-Sicherheitssprechstunde", 1)]
    [InlineData("/feeds/east.ics?language=en", "IoT security clinic", 1)]
    [InlineData("/feeds/west.ics", null, 0)]
    [InlineData("/events/iot-security-clinic.ics", "IoT-Sicherheitssprechstunde", 1)]
    public async Task Publishes_events_without_their_attendees(string path, string? title, int count)
    {
        var calendar = await Load(path);

        Assert.Equal("PUBLISH", calendar.Method);
        Assert.Equal(count, calendar.Events.Count);
        Assert.Equal(title, calendar.Events.FirstOrDefault()?.Summary);
        Assert.All(calendar.Events, entry => Assert.Empty(entry.Attendees));
        var hub = await TestHub.Name();
        Assert.All(calendar.Events, entry => Assert.Equal($"event-{evt.Id:N}@{hub.Text}", entry.Uid));
    }

    [Fact]
    public async Task Shows_a_member_their_own_calendar_by_its_secret_address()
    {
        var calendar = await Load($"/feeds/{token}.ics");

        var entry = Assert.Single(calendar.Events);
        Assert.Equal(evt.CalendarSequence + 2, entry.Sequence);
        Assert.Contains("https://meet.example/iot", entry.Description!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_subscriber_that_nothing_has_changed()
    {
        using var client = TestHub.NewClient();
        using var first = await client.GetAsync(new Uri("/feeds/east.ics", UriKind.Relative), Stop);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        TestHub.Clock.AdvanceHours(1);
        using var again = await client.GetAsync(new Uri("/feeds/east.ics", UriKind.Relative), Stop);
        await Change(() => evt.CalendarSequence++);
        using var changed = await client.GetAsync(new Uri("/feeds/east.ics", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Keeps_a_secret_calendar_out_of_every_cache_and_closes_it_when_it_is_revoked()
    {
        using var client = TestHub.NewClient();

        using var open = await client.GetAsync(new Uri($"/feeds/{token}.ics", UriKind.Relative), Stop);
        await Change(() => key.RevokedAt = DigiHub.Tests.TestHub.Opening);
        using var revoked = await client.GetAsync(new Uri($"/feeds/{token}.ics", UriKind.Relative), Stop);
        using var unknown = await client.GetAsync(new Uri($"/feeds/{RandomToken.Make()}.ics", UriKind.Relative), Stop);

        Assert.Equal(new CacheControlHeaderValue { NoStore = true }, open.Headers.CacheControl);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (revoked.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Says_that_an_event_was_cancelled_for_sixty_days_and_never_shows_a_draft()
    {
        await Change(() => (evt.Status, evt.CancelledAt) = (DigiHub.Events.EventStatus.Cancelled, DigiHub.Tests.TestHub.Opening));
        var cancelled = await Load("/feeds/east.ics");
        TestHub.Clock.AdvanceDays(61);
        var later = await Load("/feeds/east.ics");
        await Change(() => evt.Status = DigiHub.Events.EventStatus.Draft);
        using var draft = await TestHub.NewClient().GetAsync(new Uri("/events/iot-security-clinic.ics", UriKind.Relative), Stop);

        Assert.Equal("CANCELLED", Assert.Single(cancelled.Events).Status);
        Assert.Empty(later.Events);
        Assert.Equal(HttpStatusCode.NotFound, draft.StatusCode);
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = DigiHub.Tests.TestHub.Opening;
        evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        (evt.Format, evt.JoinLink, evt.CalendarSequence) = (EventFormat.Hybrid, "https://meet.example/iot", 3);
        var registration = DueEmails.NewRegistration(evt, Guid.CreateVersion7(), "ada@example.org");
        (registration.MemberId, registration.CalendarSequence, registration.Status) = (Cast.Ada.Id, 2, RegistrationStatus.Confirmed);
        key = new AccessToken
        {
            Id = Guid.CreateVersion7(),
            MemberId = Cast.Ada.Id,
            Use = TokenUse.CalendarFeed,
            Name = "calendar",
            Hash = RandomToken.Hash(token),
            CreatedAt = now,
        };
        await using var db = TestHub.OpenDb();
        db.AddRange(evt, registration, key);
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Calendar> Load(string path)
    {
        using var client = TestHub.NewClient();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        return Calendar.Load(await answer.Content.ReadAsStringAsync(Stop))!;
    }

    private async Task Change(Action change)
    {
        await using var db = TestHub.OpenDb();
        db.AttachRange(evt, key);
        change();
        await db.SaveChangesAsync(Stop);
    }
}
