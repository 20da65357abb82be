using System.Collections.Frozen;
using System.Globalization;
using DigiHub.Bookings.Meetings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>What is looked for when a meeting takes a room at each of two sites, as the address carries it.</summary>
public sealed record MeetingQuery(SiteContext Home, SiteContext Away, LocalDate Day, LocalTime Start)
{
    private const int PeopleAtOnce = 4;

    public int Minutes { get; init; } = 60;

    /// <summary>How many are at the first site.</summary>
    public int People { get; init; } = PeopleAtOnce;

    public int OtherPeople { get; init; } = PeopleAtOnce;

    /// <summary>Keys of what stands in both rooms.</summary>
    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Null: it would not end on its day.</summary>
    public LocalSpan? When => Day + Start is var from && from.PlusMinutes(Minutes) is var until && until <= Day.PlusDays(1).AtMidnight()
        ? new(from, until)
        : null;

    public SiteWish First => new(Home.Site.Id, People);

    public SiteWish Second => new(Away.Site.Id, OtherPeople);

    public string Href => Paths.NewMeeting + "?" + string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    public IEnumerable<KeyValuePair<string, string>> Pairs =>
    [
        new("site", Home.Site.Slug),
        new("other", Away.Site.Slug),
        new("day", FormParse.Write(Day)),
        new("start", FormParse.Write(Start)),
        new("length", Written(Minutes)),
        new("people", Written(People)),
        new("otherPeople", Written(OtherPeople)),
        .. Equipment.Select(thing => new KeyValuePair<string, string>("with", thing)),
    ];

    /// <summary>From the address; two sites there are.</summary>
    public static MeetingQuery Of(QueryValues asked, HubDirectory map, Instant now)
    {
        var home = asked.Site(map) ?? map.Places[0];
        var away = asked.Known("other", map.Place, map.Places.Select(place => place.Site.Slug));
        if (away is null || away == home)
            away = map.Places.First(place => place != home);
        var day = asked.Date("day") ?? Ribbon.DayToOpenWith(home, now);
        return new(home, away, day, asked.Time("start") ?? Ribbon.NextHalfHour(home, day, now))
        {
            Minutes = asked.Number("length", 1, NodaConstants.MinutesPerDay) ?? 60,
            People = asked.Number("people", 1, Space.PeopleMax) ?? PeopleAtOnce,
            OtherPeople = asked.Number("otherPeople", 1, Space.PeopleMax) ?? PeopleAtOnce,
            Equipment = asked.Keys("with", map.Equipment.Select(thing => thing.Key)),
        };
    }

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);
}
