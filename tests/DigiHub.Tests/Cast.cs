using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests;

/// <summary>
/// Who and what every test knows. Ada books, Bob wants the same room, Grace organises; Frieda keeps the front desk, Alan
/// administrates. Both sites are open on weekdays from 08:00 to 20:00 and closed on Berlin's public holidays.
/// </summary>
public sealed class Cast
{
    private Cast(Instant now)
    {
        Ada = Person("Ada", "ada@example.org", now);
        Bob = Person("Bob", "bob@example.org", now);
        Grace = Person("Grace", "grace@example.org", now);
        Frieda = Person("Frieda", "frieda@example.org", now);
        Alan = Person("Alan", "alan@example.org", now);
        Bob.Language = Language.English;
        Grants = [Grant(Grace, Role.Organiser, now), Grant(Frieda, Role.FrontDesk, now), Grant(Alan, Role.Administrator, now)];
    }

    public Organisation Startup { get; } = new() { Slug = "kieztakt", Name = "Kieztakt", Kind = OrganisationKind.StartUp };

    public Organisation Institute { get; } = new()
    {
        Slug = "institut-fuer-messwesen",
        Name = "Institut für Messwesen",
        Kind = OrganisationKind.Research,
    };

    /// <summary>Reads German.</summary>
    public Member Ada { get; }

    /// <summary>Reads English.</summary>
    public Member Bob { get; }

    public Member Grace { get; }

    public Member Frieda { get; }

    public Member Alan { get; }

    public IEnumerable<Member> Members => [Ada, Bob, Grace, Frieda, Alan];

    /// <summary>Their roles as the test begins, all for the whole hub.</summary>
    public IReadOnlyList<RoleGrant> Grants { get; }

    /// <summary>One of them looking, with the roles the test began with.</summary>
    public Viewer As(Member member) => new(member.Id, [.. Grants.Where(grant => grant.MemberId == member.Id).Select(grant => grant.Held)]);

    /// <summary>Gives the member these roles for the whole hub, and takes all others.</summary>
    public static async Task GiveRoles(HubDb db, Member member, params Role[] roles)
    {
        await db.RoleGrants.Where(grant => grant.MemberId == member.Id).ExecuteDeleteAsync();
        db.RoleGrants.AddRange(roles.Select(role => Grant(member, role, member.CreatedAt)));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    public Site East { get; } = NewSite("east", "DigiHub East", new("Ost", "East"), "E", "Warschauer Straße 1", "10243");

    public Site West { get; } = NewSite("west", "DigiHub West", new("West", "West"), "W", "Kantstraße 1", "10623");

    /// <summary>By half days, five at most.</summary>
    public RuleSet DeskRules { get; } =
        new() { Name = new("Arbeitsplätze", "Desks"), Granularity = Granularity.HalfDay, MaxDays = 5 };

    /// <summary>By the quarter of an hour, a quarter of an hour to set up and none to tear down.</summary>
    public RuleSet RoomRules { get; } =
        new() { Name = new("Räume", "Rooms"), Granularity = Granularity.Minutes, SetUpMinutes = 15 };

    /// <summary>By the quarter of an hour, two hours at most.</summary>
    public RuleSet BoothRules { get; } =
        new() { Name = new("Telefonboxen", "Phone booths"), Granularity = Granularity.Minutes, MaxMinutes = 120 };

    /// <summary>East; by the day or half day.</summary>
    public Space Desk { get; private set; } = null!;

    /// <summary>East, beside Desk and like it.</summary>
    public Space NextDesk { get; private set; } = null!;

    /// <summary>East; for 8, by the quarter of an hour, a quarter of an hour to set up and none to tear down.</summary>
    public Space Spree { get; private set; } = null!;

    /// <summary>East; for 12, like Spree.</summary>
    public Space Panke { get; private set; } = null!;

    /// <summary>East; for 60: Spree and Panke joined.</summary>
    public Space Hall { get; private set; } = null!;

    /// <summary>East; a phone booth by the quarter of an hour, two hours at most.</summary>
    public Space Booth { get; private set; } = null!;

    /// <summary>West; for 8, like Spree.</summary>
    public Space Havel { get; private set; } = null!;

    /// <summary>West; like Desk.</summary>
    public Space WestDesk { get; private set; } = null!;

    public IEnumerable<Space> Spaces => [Desk, NextDesk, Spree, Panke, Hall, Booth, Havel, WestDesk];

    public static async Task<Cast> MoveIn(HubDb db, Instant now)
    {
        var cast = new Cast(now);
        db.Add(new HubState { OpenedAt = now });
        db.AddRange(cast.Startup, cast.Institute, cast.East, cast.West);
        db.AddRange(new Topic { Key = "fintech", Name = new("FinTech", "FinTech"), Position = 1 },
            new Topic { Key = "iot", Name = new("IoT", "IoT"), Position = 2 });
        await db.SaveChangesAsync();

        cast.ConfigureServices();
        db.AddRange(cast.Members);
        db.AddRange(Membership.Of(cast.Ada.Id, cast.Startup.Id, now), Membership.Of(cast.Bob.Id, cast.Institute.Id, now),
            Membership.Of(cast.Grace.Id, cast.Institute.Id, now));
        db.AddRange(cast.Grants);
        db.AddRange(cast.Spaces);
        await db.SaveChangesAsync();
        await cast.Draw(db, now);
        return cast;
    }

    /// <summary>Their plans: all stand in one row, in the order of their units, but the hall, which is around its parts.</summary>
    private async Task Draw(HubDb db, Instant now)
    {
        foreach (var site in new[] { East, West })
        {
            var plan = new FloorPlan
            {
                FloorId = site.Floors[0].Id,
                Columns = FloorPlan.UsualColumns,
                Rows = FloorPlan.UsualRows,
                Revision = 1,
                SavedAt = now,
                PublishedAt = now,
                Places = [.. Spaces.Where(space => space.SiteId == site.Id).Select(Place)],
                Shapes =
                [
                    new() { Position = 0, Kind = PlanShapeKind.Wall, X = 1, Y = 1, Width = 48, Height = 32 },
                    new() { Position = 1, Kind = PlanShapeKind.Zone, X = 2, Y = 8, Width = 14, Height = 6, Name = Desk.Zone },
                    new() { Position = 2, Kind = PlanShapeKind.Doorway, X = 24, Y = 31, Width = 2, Height = 2, Rotation = 180 },
                ],
            };
            db.Add(plan);
            await db.SaveChangesAsync();
            site.Floors[0].PlanId = plan.Id;
        }

        await db.SaveChangesAsync();
    }

    private PlanPlace Place(Space space) => space == Hall
        ? new() { SpaceId = space.Id, X = 10, Y = 7, Width = 7, Height = 6 }
        : new() { SpaceId = space.Id, X = 2 + 4 * (space.Units[0].UnitId - 1), Y = 10, Width = 3, Height = 2 };

    private void ConfigureServices()
    {
        Desk = NewSpace(East, SpaceKind.Desk, "E1-01", capacity: 1, DeskRules, [1]);
        NextDesk = NewSpace(East, SpaceKind.Desk, "E1-02", capacity: 1, DeskRules, [2]);
        Spree = NewSpace(East, SpaceKind.Room, "Spree", capacity: 8, RoomRules, [3]);
        Panke = NewSpace(East, SpaceKind.Room, "Panke", capacity: 12, RoomRules, [4]);
        Hall = NewSpace(East, SpaceKind.Room, "Spree + Panke", capacity: 60, RoomRules, [3, 4]);
        Booth = NewSpace(East, SpaceKind.Booth, "Booth 1", capacity: 1, BoothRules, [5]);
        Havel = NewSpace(West, SpaceKind.Room, "Havel", capacity: 8, RoomRules, [6]);
        WestDesk = NewSpace(West, SpaceKind.Desk, "W1-01", capacity: 1, DeskRules, [7]);
    }

    private static RoleGrant Grant(Member member, Role role, Instant now) =>
        new() { Id = Guid.CreateVersion7(now.ToDateTimeOffset()), MemberId = member.Id, Role = role, GrantedAt = now };

    private static Member Person(string name, string email, Instant now) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Name = PersonName.Of(name),
        Email = EmailAddress.Of(email),
        SecurityStamp = Guid.NewGuid().ToString("N"),
        CreatedAt = now,
    };

    private static Site NewSite(string slug, string name, LocalisedText shortName, string sign, string street, string postCode) => new()
    {
        Slug = slug,
        Name = name,
        ShortName = shortName,
        Sign = sign,
        Shape = sign == "E" ? SignShape.Round : SignShape.Square,
        Colour = sign == "E" ? SiteColour.Brick : SiteColour.Blue,
        Holidays = Land.BE,
        Street = street,
        PostCode = postCode,
        City = "Berlin",
        ZoneId = "Europe/Berlin",
        Floors = [new Floor { Level = 1, Name = new("1. Etage", "First floor") }],
        Week = [.. Enumerable.Range(1, 5)
            .Select(day => new WeeklyHours { Day = (IsoDayOfWeek)day, Opens = new(8, 0), Closes = new(20, 0) })],
    };

    private static Space NewSpace(
        Site site, SpaceKind kind, string name, int capacity, RuleSet rules, int[] units) => new()
        {
            SiteId = site.Id,
            FloorId = site.Floors[0].Id,
            Kind = kind,
            Name = name,
            Zone = new("Fensterreihe", "Window row"),
            Capacity = capacity,
            Rules = rules,
            Units = [.. units.Select(unit => new SpaceUnit { UnitId = unit })],
        };
}
