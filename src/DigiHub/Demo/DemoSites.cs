using DigiHub.Organisations;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Demo;

/// <summary>Two sites of three floors each: 180 desks, 24 rooms (two halls that divide in two), 12 booths and 2 labs.</summary>
internal static class DemoSites
{
    public const int East = 1;
    public const int West = 2;
    private const int DesksPerFloor = 30;

    public const string FinTech = "fintech", IoT = "iot";

    public static IReadOnlyList<Topic> Topics { get; } =
        [new() { Key = FinTech, Name = new("FinTech", "FinTech"), Position = 1 },
            new() { Key = IoT, Name = new("IoT", "IoT"), Position = 2 }];

    public static IReadOnlyList<Site> Sites(LocalDate today) => [Site(East, today), Site(West, today)];

    /// <summary>One at each site: the desks by the window of all floors. New rows each time, as of the rules.</summary>
    public static IReadOnlyList<Pool> Pools() => [.. new[] { East, West }.Select(site =>
        new Pool { Id = site, SiteId = site, Kind = SpaceKind.Desk, Name = new("Am Fenster", "By the window") })];

    /// <summary>With the five sets of rules by which they are booked.</summary>
    public static IReadOnlyList<Space> Spaces()
    {
        var (spaces, rules) = (new List<Space>(), new Rules());
        foreach (var (siteId, sign, rooms) in new[] { (East, "E", roomsEast), (West, "W", roomsWest) })
            for (var level = 0; level < 3; level++)
            {
                for (var i = 0; i < DesksPerFloor; i++)
                    spaces.Add(Desk(spaces.Count + 1, siteId, sign, level, i, rules.Desks));
                for (var i = 0; i < rooms[level].Length; i++)
                    spaces.Add(Room(spaces.Count + 1, siteId, level, i, rooms[level][i], rules));
                for (var i = 0; i < 2; i++)
                    spaces.Add(Booth(spaces.Count + 1, siteId, sign, level, i, rules.Booths));
            }

        spaces.Add(Lab(spaces.Count + 1, East, "Funklabor", rules.Labs));
        spaces.Add(Lab(spaces.Count + 1, West, "Sensorlabor", rules.Labs));
        return spaces;
    }

    private static Site Site(int id, LocalDate today) => new()
    {
        Id = id,
        Slug = id == East ? "east" : "west",
        Name = id == East ? "Hub East" : "Hub West",
        ShortName = id == East ? new("Ost", "East") : new("West", "West"),
        Sign = id == East ? "E" : "W",
        Shape = id == East ? SignShape.Round : SignShape.Square,
        Colour = id == East ? SiteColour.Brick : SiteColour.Blue,
        Holidays = Land.BE,
        Street = id == East ? "Stralauer Werft 12" : "Charlottenburger Schleuse 4",
        PostCode = id == East ? "10245" : "10587",
        City = "Berlin",
        ZoneId = "Europe/Berlin",
        GuestRoute = id == East
            ? new("S-Bahn Ostkreuz, Ausgang Ostkreuz West, dann fünf Minuten zu Fuß. Klingeln bei „Hub East“.",
                "S-Bahn Ostkreuz, exit Ostkreuz West, then five minutes on foot. Ring at “Hub East”.")
            : new("U-Bahn Ernst-Reuter-Platz, dann acht Minuten am Wasser entlang. Der Eingang ist im Hof.",
                "U-Bahn Ernst-Reuter-Platz, then eight minutes along the water. The entrance is in the yard."),
        GuestNetwork = new("Netz „Hub-Gast“. Das Passwort nennt der Empfang.",
            "Network “Hub-Gast”. The front desk tells you the password."),
        Floors = [.. Enumerable.Range(0, 3).Select(level => Floor(id, level))],
        Week = [.. Week(id)],
        Closures =
        [
            new Closure
            {
                SiteId = id, From = new LocalDate(today.Year, 12, 24), Through = new LocalDate(today.Year, 12, 31),
                Reason = new("zwischen den Jahren geschlossen", "closed between Christmas and New Year"),
            },
        ],
    };

    private static Floor Floor(int siteId, int level) => new()
    {
        Id = FloorId(siteId, level),
        SiteId = siteId,
        Level = level,
        Name = new(level == 0 ? "Erdgeschoss" : $"{level}. Etage", level == 0 ? "Ground floor" : $"Floor {level}"),
        PlanId = FloorId(siteId, level),
    };

    private static int FloorId(int siteId, int level) => siteId * 10 + level;

    private static IEnumerable<WeeklyHours> Week(int siteId)
    {
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Friday; day++)
            yield return new WeeklyHours { SiteId = siteId, Day = day, Opens = new LocalTime(8, 0), Closes = new LocalTime(20, 0) };
        if (siteId == East)
            yield return new WeeklyHours
            {
                SiteId = siteId,
                Day = IsoDayOfWeek.Saturday,
                Opens = new LocalTime(10, 0),
                Closes = new LocalTime(16, 0),
            };
    }

    // Ten along the windows, twelve in the middle, eight in the quiet corner.
    private static Space Desk(int id, int siteId, string sign, int level, int i, RuleSet rules)
    {
        var (zone, equipment) = i switch
        {
            < 10 => (new Words("Window row", "Fensterreihe"),
                i % 2 == 0 ? With(Equipment.Window, Equipment.Monitor) : With(Equipment.Window)),
            < 22 => (new Words("Project tables", "Projekttische"), With(i % 3 == 0 ? Equipment.StandingDesk : Equipment.Monitor)),
            _ => (new Words("Quiet corner", "Ruhige Ecke"),
                i % 2 == 0 ? With(Equipment.Quiet, Equipment.Monitor) : With(Equipment.Quiet)),
        };
        return new Space
        {
            Id = id,
            SiteId = siteId,
            FloorId = FloorId(siteId, level),
            Kind = SpaceKind.Desk,
            Name = $"{sign}{level}-{i + 1:00}",
            Zone = new(zone.German, zone.English),
            Capacity = 1,
            Equipment = AtLevel(level, equipment),
            Rules = rules,
            PoolId = i < 10 ? siteId : null,
            Units = OwnUnit(id),
        };
    }

    /// <summary>New rows each time: two databases filled by one process must not share them.</summary>
    private sealed class Rules
    {
        public RuleSet Desks { get; } = new()
        {
            Id = 1,
            Name = new("Arbeitsplätze", "Desks"),
            Granularity = Granularity.HalfDay,
            MaxDays = 5,
            HorizonDays = 28,
        };

        public RuleSet Rooms { get; } = new()
        {
            Id = 2,
            Name = new("Räume", "Rooms"),
            Granularity = Granularity.Minutes,
            MaxMinutes = 4 * 60,
            CheckInGraceMinutes = 15,
        };

        public RuleSet Halls { get; } = new()
        {
            Id = 3,
            Name = new("Säle", "Halls"),
            Granularity = Granularity.Minutes,
            StepMinutes = 30,
            MinMinutes = 60,
            MaxMinutes = 10 * 60,
            SetUpMinutes = 30,
            TearDownMinutes = 30,
            HorizonDays = 180,
            NeedsApproval = true,
        };

        public RuleSet Booths { get; } = new()
        {
            Id = 4,
            Name = new("Telefonboxen", "Phone booths"),
            Granularity = Granularity.Minutes,
            MaxMinutes = 2 * 60,
            HorizonDays = 7,
            CheckInGraceMinutes = 15,
        };

        public RuleSet Labs { get; } = new()
        {
            Id = 5,
            Name = new("Labore", "Labs"),
            Granularity = Granularity.Day,
            MaxDays = 10,
            NoticeMinutes = 24 * 60,
            HorizonDays = 90,
        };
    }

    private sealed record RoomPlan(string Name, int Capacity, string[] Equipment);

    private static readonly RoomPlan[][] roomsEast =
    [
        [new("Spreesaal", 80, Stage), new("Spree Nord", 40, Stage), new("Spree Süd", 40, Stage), new("Alexanderplatz", 16, Video)],
        [new("Panke", 4, [Equipment.Screen]), new("Wuhle", 6, Video), new("Helmholtzplatz", 8, Workshop), new(
            "Boxhagener Platz", 12, Video)],
        [new("Dahme", 4, [Equipment.Whiteboard]), new("Erpe", 6, Video), new("Kollwitzplatz", 10, Workshop), new(
            "Strausberger Platz", 20, Video)],
    ];

    private static readonly RoomPlan[][] roomsWest =
    [
        [new("Havelsaal", 60, Stage), new("Havel Nord", 30, Stage), new("Havel Süd", 30, Stage), new("Ernst-Reuter-Platz", 16, Video)],
        [new("Bäke", 4, [Equipment.Screen]), new("Fließ", 6, Video), new("Savignyplatz", 8, Workshop), new("Wittenbergplatz", 12, Video)],
        [new("Nuthe", 4, [Equipment.Whiteboard]), new("Wannsee", 6, Video), new("Nollendorfplatz", 10, Workshop), new(
            "Mierendorffplatz", 20, Video)],
    ];

    private static string[] Stage => [Equipment.Screen, Equipment.VideoConference, Equipment.StepFree];

    private static string[] Video => [Equipment.Screen, Equipment.VideoConference];

    private static string[] Workshop => [Equipment.Screen, Equipment.Whiteboard];

    private static Space Room(int id, int siteId, int level, int i, RoomPlan plan, Rules rules) => new()
    {
        Id = id,
        SiteId = siteId,
        FloorId = FloorId(siteId, level),
        Kind = SpaceKind.Room,
        Name = plan.Name,
        Zone = new("Räume", "Rooms"),
        Capacity = plan.Capacity,
        Equipment = AtLevel(level, plan.Equipment),
        Rules = plan.Capacity >= 30 ? rules.Halls : rules.Rooms,
        Units = IsDivisible(plan) ? Units(id, id + 1, id + 2) : OwnUnit(id),
    };

    private static Space Booth(int id, int siteId, string sign, int level, int i, RuleSet rules) => new()
    {
        Id = id,
        SiteId = siteId,
        FloorId = FloorId(siteId, level),
        Kind = SpaceKind.Booth,
        Name = $"{sign}{level} Box {i + 1}",
        Zone = new("Telefonboxen", "Booths"),
        Capacity = 1,
        Equipment = Rows(Equipment.Phone, Equipment.Quiet),
        Rules = rules,
        Units = OwnUnit(id),
    };

    private static Space Lab(int id, int siteId, string name, RuleSet rules) => new()
    {
        Id = id,
        SiteId = siteId,
        FloorId = FloorId(siteId, 0),
        Kind = SpaceKind.Lab,
        Name = name,
        Zone = new("Labor", "Lab"),
        Capacity = 6,
        Equipment = Rows(Equipment.LabBench, Equipment.StepFree),
        Rules = rules,
        Units = OwnUnit(id),
    };

    private static string[] With(params string[] equipment) => equipment;

    private static List<SpaceEquipment> Rows(params IEnumerable<string> equipment) =>
        [.. equipment.Distinct().Select(key => new SpaceEquipment { Key = key })];

    // The ground floor is step-free.
    private static List<SpaceEquipment> AtLevel(int level, string[] equipment) =>
        Rows(level == 0 ? [.. equipment, Equipment.StepFree] : equipment);

    private static List<SpaceUnit> OwnUnit(int spaceId) => Units(spaceId, spaceId);

    // A hall takes the units of its two halves, which follow it in the list, so that booking it books both.
    private static bool IsDivisible(RoomPlan plan) => plan.Name is "Spreesaal" or "Havelsaal";

    private static List<SpaceUnit> Units(int spaceId, params int[] units) =>
        [.. units.Select(unit => new SpaceUnit { SpaceId = spaceId, UnitId = unit })];
}
