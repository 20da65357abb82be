using DigiHub.Spaces;

namespace DigiHub.Reports;

/// <summary>Adds up minutes by space, kind, weekday and hour.</summary>
internal sealed class ReportCounting
{
    private readonly HubDirectory map;
    private readonly SpaceKind hoursOf;
    private readonly Dictionary<int, MinutesOfDays> days = [];
    private readonly Dictionary<int, SiteContext> places = [];

    /// <summary>The spaces that are parts of no sum: a hall is its parts.</summary>
    private readonly Dictionary<int, List<Space>> parts = [];
    private readonly Dictionary<int, Minutes> bySpace = [];
    private readonly Dictionary<(IsoDayOfWeek Day, int Hour), Minutes> byHour = [];
    private readonly Dictionary<int, (int Bookings, int Asked, int NoShows)> bookings = [];
    private readonly List<Duration> leads = [];

    public ReportCounting(HubDirectory map, IReadOnlyList<SiteContext> sites, LocalDate from, LocalDate until, SpaceKind hoursOf)
    {
        (this.map, this.hoursOf) = (map, hoursOf);
        foreach (var place in sites)
        {
            var siteId = place.Site.Id;
            (days[siteId], places[siteId]) = (new(place, from, until), place);
            foreach (var space in map.Spaces.Where(space => space.SiteId == siteId))
            {
                List<Space> own = [.. map.PartsOf(space)];
                parts[space.Id] = own.Count > 0 ? own : [space];
                if (own.Count == 0)
                    Open(space, days[siteId]);
            }
        }
    }

    /// <summary>Half were made at least so long before; of an even number the longer of the two in the middle.</summary>
    public double? LeadHours
    {
        get
        {
            leads.Sort();
            return leads.Count == 0 ? null : Math.Max(0, leads[leads.Count / 2].TotalHours);
        }
    }

    private void Open(Space space, MinutesOfDays minutes)
    {
        foreach (var (date, opens, closes) in minutes.Open())
        {
            if (space.RetiredFrom is { } end ? date < end : space.IsOffered)
                Count(space, date.DayOfWeek, opens, closes, new Minutes(1, 0, 0));
        }
    }

    /// <summary>Out of service: less of it was open.</summary>
    public void Close(SiteContext place, int spaceId, LocalDateTime start, LocalDateTime end) =>
        Each(place, spaceId, start, end, new Minutes(-1, 0, 0));

    public void Add(SiteContext place, int spaceId, LocalDateTime start, LocalDateTime end, bool isUsed) =>
        Each(place, spaceId, start, end, new Minutes(0, 1, isUsed ? 1 : 0));

    public void Booked(int spaceId, bool isAsked, bool isNoShow, Duration lead)
    {
        var known = bookings.GetValueOrDefault(spaceId);
        bookings[spaceId] = (known.Bookings + 1, known.Asked + (isAsked ? 1 : 0), known.NoShows + (isNoShow ? 1 : 0));
        leads.Add(lead);
    }

    private void Each(SiteContext place, int spaceId, LocalDateTime start, LocalDateTime end, Minutes of)
    {
        foreach (var space in parts.GetValueOrDefault(spaceId) ?? [])
        {
            foreach (var (date, from, until) in days[place.Site.Id].Of(start, end))
                Count(space, date.DayOfWeek, from, until, of);
        }
    }

    private void Count(Space space, IsoDayOfWeek day, int from, int until, Minutes of)
    {
        bySpace[space.Id] = bySpace.GetValueOrDefault(space.Id) + Times(of, until - from);
        if (space.Kind != hoursOf)
            return;
        foreach (var (hour, minutes) in MinutesOfDays.ByHour(from, until))
            byHour[(day, hour)] = byHour.GetValueOrDefault((day, hour)) + Times(of, minutes);
    }

    private static Minutes Times(Minutes of, int minutes) => new(of.Open * minutes, of.Booked * minutes, of.Used * minutes);

    public KindUse Kind(SpaceKind kind)
    {
        var leaves = map.Spaces.Where(space => space.Kind == kind && bySpace.ContainsKey(space.Id)).ToList();
        var own = map.Spaces.Where(space => space.Kind == kind && places.ContainsKey(space.SiteId))
            .Select(space => bookings.GetValueOrDefault(space.Id)).ToList();
        return new(kind, leaves.Count(space => space.IsOffered),
            leaves.Aggregate(default(Minutes), (sum, space) => sum + bySpace[space.Id]),
            own.Sum(one => one.Bookings), own.Sum(one => one.Asked), Report.Counted(own.Sum(one => one.NoShows)));
    }

    /// <summary>Those of which there are some.</summary>
    public IReadOnlyList<KindUse> Kinds() =>
        [.. Enum.GetValues<SpaceKind>().Select(Kind).Where(kind => kind.Spaces > 0 || kind.Bookings > 0)];

    /// <summary>By site, kind and name; a hall is not among them.</summary>
    public IReadOnlyList<SpaceUse> Spaces() =>
        [.. map.Spaces.Where(space => bySpace.TryGetValue(space.Id, out var minutes) && minutes != default)
            .OrderBy(space => space.SiteId).ThenBy(space => space.Kind).ThenBy(space => space.Name, StringComparer.Ordinal)
            .Select(space => new SpaceUse(space, places[space.SiteId], bySpace[space.Id],
                bookings.GetValueOrDefault(space.Id).Bookings, Report.Counted(bookings.GetValueOrDefault(space.Id).NoShows)))];

    public IReadOnlyList<HourUse> Hours() =>
        [.. byHour.Where(one => one.Value.Open > 0).OrderBy(one => one.Key.Day).ThenBy(one => one.Key.Hour)
            .Select(one => new HourUse(one.Key.Day, one.Key.Hour, one.Value))];
}
