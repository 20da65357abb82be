using System.Collections.Frozen;
using DigiHub.Organisations;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Spaces;

/// <summary>A snapshot of all sites, floors, plans, spaces and topics at LoadedAt; immutable.</summary>
public sealed class HubDirectory
{
    private readonly FrozenDictionary<int, Space> spacesById;
    private readonly FrozenDictionary<int, SiteContext> placesById;
    private FrozenDictionary<int, FloorPlan> plansByFloor = FrozenDictionary<int, FloorPlan>.Empty;
    private FrozenDictionary<int, PlanPlace> spots = FrozenDictionary<int, PlanPlace>.Empty;

    public HubDirectory(Instant loadedAt, IReadOnlyList<Site> sites, IReadOnlyList<Space> spaces, QuietHours quiet)
    {
        LoadedAt = loadedAt;
        Spaces = spaces;
        SiteContext[] all = [.. sites.Select(site => new SiteContext(site, quiet))];
        Places = [.. all.Where(place => place.Site.RetiredAt is null)];
        Retired = [.. all.Where(place => place.Site.RetiredAt is not null)];
        spacesById = spaces.ToFrozenDictionary(space => space.Id);
        placesById = all.ToFrozenDictionary(place => place.Site.Id);
    }

    public Instant LoadedAt { get; }

    /// <summary>
    /// The database's mark of the rows it was made of (<see cref="CatalogueStamp"/>); null while nothing was ever changed.
    /// </summary>
    public string? Stamp { get; init; }

    /// <summary>The sites in use, in the order of their ids.</summary>
    public IReadOnlyList<SiteContext> Places { get; }

    /// <summary>Those that are no longer, for what was there.</summary>
    public IReadOnlyList<SiteContext> Retired { get; }

    /// <summary>All spaces, offered or not, by name.</summary>
    public IReadOnlyList<Space> Spaces { get; }

    /// <summary>Those that members see, at most one of a floor.</summary>
    public IReadOnlyList<FloorPlan> Plans
    {
        get;
        init
        {
            field = value;
            plansByFloor = value.ToFrozenDictionary(plan => plan.FloorId);
            spots = value.SelectMany(plan => plan.Places).Where(place => Space(place.SpaceId) is not null)
                .GroupBy(place => place.SpaceId).ToFrozenDictionary(one => one.Key, one => one.Last());
        }
    } = [];

    /// <summary>The plan of a floor that members see; null: none was published.</summary>
    public FloorPlan? Plan(int floorId) => plansByFloor.GetValueOrDefault(floorId);

    /// <summary>Where a desk or room stands on the plan that members see; null: it is on none.</summary>
    public PlanPlace? OnPlan(Space space) =>
        spots.GetValueOrDefault(space.Id) is { } place && Plan(space.FloorId)?.Id == place.PlanId ? place : null;

    /// <summary>How far apart two of one floor are, in cells from middle to middle; far, where one of them is on no plan.</summary>
    public double Steps(Space from, Space to) => (OnPlan(from), OnPlan(to)) switch
    {
        ({ } one, { } other) => Math.Abs(one.X - other.X + (one.Width - other.Width) / 2.0)
            + Math.Abs(one.Y - other.Y + (one.Height - other.Height) / 2.0),
        _ => from.Id == to.Id ? 0 : 2 * FloorPlan.SideMax,
    };

    /// <summary>In the hub's order.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    /// <summary>Null for null, and for a topic the hub does not have.</summary>
    public Topic? Topic(string? key) => Topics.FirstOrDefault(topic => topic.Key == key);

    /// <summary>When the hub opened; null: it is still being set up.</summary>
    public Instant? OpenedAt { get; init; }

    /// <summary>What administrators set in the browser, by key: <see cref="StoredSetting"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>All that spaces can have, whether any has it or not, in the order of the list.</summary>
    public IReadOnlyList<Equipment> Equipment { get; init; } = [];

    /// <summary>All rules by which spaces can be booked, whether any is or not, by id.</summary>
    public IReadOnlyList<RuleSet> RuleSets { get; init; } = [];

    /// <summary>Of all sites, by id.</summary>
    public IReadOnlyList<Pool> Pools { get; init; } = [];

    /// <summary>Null for null, and for a pool that is not there.</summary>
    public Pool? Pool(int? id) => id is null ? null : Pools.FirstOrDefault(pool => pool.Id == id);

    /// <summary>
    /// The desks or rooms of a pool that are not gone, in the order of the site: from the lowest floor up, by name on each.
    /// </summary>
    public IEnumerable<Space> MembersOf(Pool pool) => Spaces.Where(space => space.PoolId == pool.Id && pool.MayHold(space))
        .OrderBy(space => placesById[pool.SiteId].Site.Floors.Find(floor => floor.Id == space.FloorId)?.Level)
        .ThenBy(space => space.Name, StringComparer.Ordinal);

    /// <summary>What stands in spaces of these kinds that are on offer, each thing once, in the order of the list.</summary>
    public IReadOnlyList<Equipment> EquipmentOf(params ReadOnlySpan<SpaceKind> kinds)
    {
        var wanted = kinds.ToArray();
        return [.. Spaces.Where(space => space.IsOffered && wanted.Contains(space.Kind)).SelectMany(space => space.Things)
            .DistinctBy(thing => thing.Key).OrderBy(thing => thing.Position)];
    }

    /// <summary>
    /// The rooms of which a room is made: those in use that take some of its units and no others. Empty for a room of its own.
    /// </summary>
    public IEnumerable<Space> PartsOf(Space hall) => hall.Units.Count < 2 ? [] : Spaces.Where(part =>
        part.SiteId == hall.SiteId && part.Id != hall.Id && !part.IsGone && part.Units.Count < hall.Units.Count
        && part.Units.TrueForAll(unit => hall.Units.Exists(one => one.UnitId == unit.UnitId)));

    public Space? Space(int id) => spacesById.GetValueOrDefault(id);

    /// <summary>In use or not: bookings and events of the past are of retired ones.</summary>
    public SiteContext? Place(int siteId) => placesById.GetValueOrDefault(siteId);

    /// <summary>Of those in use.</summary>
    public SiteContext? Place(string? slug) => Places.FirstOrDefault(place => place.Site.Slug == slug);

    /// <exception cref="KeyNotFoundException">A space without its site: the foreign key forbids it.</exception>
    public SiteContext PlaceOf(Space space) => placesById[space.SiteId];

    /// <summary>Offered spaces of a site and kind, by name.</summary>
    public IEnumerable<Space> Offered(int siteId, SpaceKind? kind = null) =>
        Spaces.Where(space => space.IsOffered && space.SiteId == siteId && (kind is null || space.Kind == kind));
}

/// <summary>A site with its zone, its opening hours and its quiet hours, ready for use.</summary>
public sealed class SiteContext(Site site, QuietHours quiet)
{
    public Site Site { get; } = site;

    public SiteTime Time { get; } = SiteTime.Of(site.ZoneId);

    public QuietHours Quiet { get; } = quiet;

    /// <summary>When a notification leaves that is due then and can wait; see <see cref="QuietHours.Move"/>.</summary>
    public Instant OutsideQuietHours(Instant due, Instant? notAfter) => Quiet.Move(due, notAfter, Time);

    public OpeningHours Hours { get; } = new(
        [.. site.Week.GroupBy(hours => hours.From).Select(week => new WeekFrom(
            week.Key, week.ToDictionary(hours => hours.Day, hours => new DayHours(hours.Opens, hours.Closes))))],
        site.Special.Select(special => new SpecialDay(special.Date, new DayHours(special.Opens, special.Closes), special.Reason)),
        site.Closures.Select(closure => new ClosedDays(closure.From, closure.Through, closure.Reason)),
        site.Holidays);
}
