using System.Globalization;
using System.Text.Json;
using DigiHub.Events;
using DigiHub.Sites;
using DigiHub.Web.Events;

namespace DigiHub.Web.Tests.Events;

public sealed class EventJsonLdTests
{
    private static readonly Uri Address = new("https://hub.example/events/credit-as-code");

    [Fact]
    public void Says_when_where_and_whether_there_are_seats()
    {
        var json = Read(Talk(), hasSeats: true);

        Assert.Equal("https://schema.org", json.GetProperty("@context").GetString());
        Assert.Equal("Event", json.GetProperty("@type").GetString());
        Assert.Equal("2026-11-26T18:00:00+01:00", json.GetProperty("startDate").GetString());
        Assert.Equal("2026-11-26T20:00:00+01:00", json.GetProperty("endDate").GetString());
        Assert.Equal("https://schema.org/EventScheduled", json.GetProperty("eventStatus").GetString());
        Assert.Equal("10243", json.GetProperty("location").GetProperty("address").GetProperty("postalCode").GetString());
        Assert.Equal("https://schema.org/InStock", json.GetProperty("offers").GetProperty("availability").GetString());
        Assert.Equal(40, json.GetProperty("maximumAttendeeCapacity").GetInt32());
        Assert.True(json.GetProperty("isAccessibleForFree").GetBoolean());
    }

    [Fact]
    public void Says_summer_time_in_summer()
    {
        var talk = Talk();
        talk.Start = Instant.FromUtc(2026, 7, 1, 16, 0);

        Assert.Equal("2026-07-01T18:00:00+02:00", Read(talk).GetProperty("startDate").GetString());
    }

    [Theory]
    [InlineData(EventFormat.InPerson, "OfflineEventAttendanceMode", "Place")]
    [InlineData(EventFormat.Online, "OnlineEventAttendanceMode", "VirtualLocation")]
    [InlineData(EventFormat.Hybrid, "MixedEventAttendanceMode", "Place VirtualLocation")]
    public void Says_how_to_attend_and_never_the_way_in(EventFormat format, string mode, string places)
    {
        var talk = Talk();
        talk.Format = format;
        talk.JoinLink = "https://meet.example/secret";

        var json = Read(talk);

        Assert.EndsWith(mode, json.GetProperty("eventAttendanceMode").GetString(), StringComparison.Ordinal);
        var location = json.GetProperty("location");
        var found = location.ValueKind == JsonValueKind.Array ? location.EnumerateArray().ToArray() : [location];
        Assert.Equal(places, string.Join(' ', found.Select(place => place.GetProperty("@type").GetString())));
        Assert.DoesNotContain("secret", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_it_is_cancelled()
    {
        var talk = Talk();
        talk.Status = EventStatus.Cancelled;

        Assert.Equal("https://schema.org/EventCancelled", Read(talk).GetProperty("eventStatus").GetString());
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("\"},\"name\":\"x")]
    [InlineData("a & b 'c' \u2028 d")]
    public void Keeps_what_people_wrote_inside_its_element(string title)
    {
        var talk = Talk();
        talk.Title = talk.Title with { English = title };
        talk.Text = talk.Text with { English = title };

        var text = Written(talk);

        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain('>', text);
        Assert.Equal(title, JsonDocument.Parse(text).RootElement.GetProperty("name").GetString());
    }

    private static JsonElement Read(Event talk, bool hasSeats = true) => JsonDocument.Parse(Written(talk, hasSeats)).RootElement;

    private static string Written(Event talk, bool hasSeats = true)
    {
        CultureInfo.CurrentUICulture = Languages.English;
        return EventJsonLd.Of(talk, East, room: null, "Institut für Messwesen", hasSeats, Address);
    }

    private static Site East { get; } = new()
    {
        Slug = "east",
        Name = "Hub East",
        Sign = "E",
        Street = "Warschauer Straße 1",
        PostCode = "10243",
        City = "Berlin",
        ZoneId = "Europe/Berlin",
    };

    private static Event Talk() => new()
    {
        Id = Guid.CreateVersion7(),
        Slug = "credit-as-code",
        OrganiserId = Guid.CreateVersion7(),
        Status = EventStatus.Published,
        Title = new(English: "Credit as code"),
        Topic = "fintech",
        Format = EventFormat.InPerson,
        SiteId = 1,
        StartLocal = new(2026, 11, 26, 18, 0),
        EndLocal = new(2026, 11, 26, 20, 0),
        Start = Instant.FromUtc(2026, 11, 26, 17, 0),
        End = Instant.FromUtc(2026, 11, 26, 19, 0),
        Capacity = 40,
        CreatedAt = Instant.FromUtc(2026, 11, 1, 8, 0),
    };
}
