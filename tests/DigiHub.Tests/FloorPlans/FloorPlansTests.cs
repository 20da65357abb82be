using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.FloorPlans;
using DigiHub.Members;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.FloorPlans;

/// <summary>Setting up and running a hub, rules 16 to 18: plans of floors are drawn, published and brought back.</summary>
public abstract class FloorPlansTests(TestDatabase database) : HubTests(database)
{
    private int FloorId => Cast.East.Floors[0].Id;

    [Fact]
    public async Task A_draft_is_seen_by_those_who_draw_it_and_a_published_plan_by_everybody()
    {
        var before = await Seen();
        var saved = (await Save(1, Moved(Cast.Desk, 30, 20))).Value;

        Assert.Equal((2, 30), (saved.Revision, (await Edited()).Draft!.Places.Single(place => place.SpaceId == Cast.Desk.Id).X));
        Assert.Equal(before.Id, (await Seen()).Id);
        Assert.Equal(2, (await At(Cast.Desk)).X);

        var published = await Publish(2);

        Assert.True(published.IsDone, published.Refusal?.Message.English);
        Assert.Equal((30, 20), ((await At(Cast.Desk)).X, (await At(Cast.Desk)).Y));
        Assert.Null((await Edited()).Draft);
        Assert.Equal(["floor_plan.begun", "floor_plan.published"],
            await TestHub.Read(db => db.Activity.OrderBy(entry => entry.Act).Select(entry => entry.Act).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_floor_has_one_draft_that_later_saves_change_and_the_next_begins_where_people_are()
    {
        await Save(1, Moved(Cast.Desk, 30, 20));
        await Save(2, Moved(Cast.Desk, 31, 20));
        await Publish(3);

        var next = (await Save(3, Moved(Cast.Desk, 32, 20))).Value;

        Assert.Equal(4, next.Revision);
        Assert.Equal(31, (await At(Cast.Desk)).X);
        Assert.Equal(3, await TestHub.Read(db => db.FloorPlans.CountAsync(plan => plan.FloorId == FloorId, Stop)));
    }

    [Fact]
    public async Task Before_publishing_it_is_said_what_came_moved_went_is_left_over_and_overlaps()
    {
        var desk = await NewDesk("E1-03");
        var left = await NewDesk("E1-04");
        var now = Shown(await Edited());
        await Save(1, now with
        {
            Places =
            [
                .. now.Places.Where(place => place.SpaceId != Cast.Booth.Id && place.SpaceId != Cast.NextDesk.Id),
                Place(desk, 3, 10), Place(Cast.NextDesk, 40, 20),
            ],
            Shapes = [.. now.Shapes.Take(2)],
        });

        var changes = (await Edited()).Changes;

        Assert.Equal([desk.Id], changes.Added.Select(one => one.Space.Id));
        Assert.Equal([(Cast.NextDesk.Id, 6, 40)], changes.Moved.Select(one => (one.Space.Id, one.Before!.X, one.After!.X)));
        Assert.Equal([Cast.Booth.Id], changes.Gone.Select(one => one.Space.Id));
        Assert.Equal([Cast.Booth.Id, left.Id], changes.Unplaced.Select(space => space.Id));
        Assert.Equal([(Cast.Desk.Id, desk.Id)], changes.Overlapping.Select(two => (two.One.Id, two.Other.Id)));
        Assert.Equal((1, 4), (changes.ShapesChanged, changes.Count));
    }

    [Fact]
    public async Task What_overlaps_is_published_only_by_those_who_say_that_they_know()
    {
        await Save(1, Moved(Cast.Desk, 6, 10));

        Assert.Equal(("spaces_overlap", "despiteOverlaps"), Named(await Publish(2)));
        Assert.Equal(2, (await At(Cast.Desk)).X);
        Assert.True((await Publish(2, despiteOverlaps: true)).IsDone);
    }

    [Fact]
    public async Task A_hall_lies_over_its_parts_and_nothing_is_said_of_that() =>
        Assert.Empty((await Edited()).Changes.Overlapping);

    [Fact]
    public async Task Publishing_touches_no_booking_no_space_and_no_claim()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(new(2026, 11, 24)));
        var before = await Rows();

        await Save(1, Shown(await Edited()) with { Places = [] });
        await Publish(2);

        Assert.Equal(before, await Rows());
        Assert.Null((await Map()).OnPlan(Cast.Desk));
        Assert.Equal("slot_taken", (await TestHub.TryBook(Cast.Bob, Cast.Desk, When.On(new(2026, 11, 24)))).Refusal?.Code);
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.NextDesk, When.On(new(2026, 11, 24)))).IsDone);
    }

    [Fact]
    public async Task Any_past_plan_comes_back_as_the_draft_and_is_published_like_any_other()
    {
        var first = await Seen();
        await Save(1, Shown(await Edited()) with { Places = [Place(Cast.Desk, 30, 20)] });
        await Publish(2);
        await Save(2, Moved(Cast.Desk, 35, 20));

        var back = await BringBack(first.Id, 3);

        Assert.True(back.IsDone, back.Refusal?.Message.English);
        Assert.Equal(30, (await At(Cast.Desk)).X);
        await Publish(4);
        Assert.Equal(2, (await At(Cast.Desk)).X);
        Assert.Equal(6, (await Seen()).Places.Count);
        Assert.Equal(3, (await Edited()).Past.Count);
    }

    [Fact]
    public async Task A_picture_lies_beneath_the_draft_goes_with_the_plan_and_is_forgotten_with_the_last_that_had_it()
    {
        var set = await Lay("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 32'><script/><rect width='3' height='2'/></svg>");
        Assert.Equal(["script"], set.Value.Dropped);
        var hash = set.Value.Draft.Picture!;
        Assert.Equal(6, (await Edited()).Draft!.Places.Count);
        Assert.True((await Edited()).Changes.HasOtherPicture);
        await Save(2, Moved(Cast.Desk, 30, 20));
        await Publish(3);

        Assert.Equal(hash, (await Seen()).Picture);
        var picture = (await TestHub.Get<PlanPictures>().Find(hash, Stop))!;
        Assert.Equal("image/svg+xml", picture.MediaType);

        await Lay("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>");
        await Lay(null);
        Assert.Equal([hash], await TestHub.Read(db => db.Set<PlanPicture>().Select(one => one.Hash).ToListAsync(Stop)));
        Assert.Null((await Edited()).Draft!.Picture);
        Assert.Equal("picture_unreadable", (await Lay("<svg/>")).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<SetPlanPicture>().Run(new(Cast.Ada.Id, FloorId, null, null), Stop)).Refusal);
    }

    [Fact]
    public async Task So_many_past_plans_are_kept_and_the_oldest_go()
    {
        for (var i = 0; i < PublishPlan.PastMax + 3; i++)
        {
            await Save(null, Moved(Cast.Desk, 20 + i, 20));
            Assert.True((await Publish(null)).IsDone);
        }

        Assert.Equal(PublishPlan.PastMax + 1, await TestHub.Read(db => db.FloorPlans.CountAsync(plan => plan.FloorId == FloorId, Stop)));
        Assert.Equal(PublishPlan.PastMax + 1, (await Edited()).Past.Count);
    }

    [Fact]
    public async Task A_save_over_somebody_elses_is_refused_and_theirs_stays()
    {
        await Save(1, Moved(Cast.Desk, 30, 20));

        Assert.Equal(Refusal.Stale, (await Save(1, Moved(Cast.Desk, 35, 20))).Refusal);
        Assert.Equal(Refusal.Stale, (await Publish(1)).Refusal);
        Assert.Equal(Refusal.Stale, (await BringBack((await Seen()).Id, 1)).Refusal);
        Assert.Equal(30, (await Edited()).Draft!.Places.Single(place => place.SpaceId == Cast.Desk.Id).X);
    }

    [Fact]
    public async Task Of_ten_who_save_over_the_same_revision_at_once_one_wins_and_the_others_are_told()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Save(1, Moved(Cast.Desk, 20 + i, 20)))));

        var won = Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal(Refusal.Stale, outcome.Refusal));
        var draft = (await Edited()).Draft!;
        Assert.Equal((2, won.Value.Places.Single(place => place.SpaceId == Cast.Desk.Id).X),
            (draft.Revision, draft.Places.Single(place => place.SpaceId == Cast.Desk.Id).X));
    }

    [Theory]
    [InlineData(0, 1, 3, 2)]
    [InlineData(1, 0, 3, 2)]
    [InlineData(47, 1, 3, 2)]
    [InlineData(1, 32, 3, 2)]
    [InlineData(1, 1, 0, 2)]
    [InlineData(1, 1, 3, -1)]
    [InlineData(int.MaxValue, 1, int.MaxValue, 2)]
    public async Task A_place_outside_the_plan_is_named_and_nothing_is_saved(int x, int y, int width, int height)
    {
        var now = Shown(await Edited());

        var refused = await Save(1, now with
        {
            Places = [new() { SpaceId = Cast.Desk.Id, X = x, Y = y, Width = width, Height = height }],
        });

        Assert.Equal(("outside_plan", $"space{Cast.Desk.Id}"), Named(refused));
        Assert.Null((await Edited()).Draft);
    }

    [Fact]
    public async Task A_wall_may_be_a_line_at_the_far_edge_and_a_zone_may_not()
    {
        var now = Shown(await Edited());
        PlanShape edge = new() { Position = 0, Kind = PlanShapeKind.Wall, X = 49, Y = 1, Width = 0, Height = 32 };

        Assert.True((await Save(1, now with { Shapes = [edge] })).IsDone);
        Assert.Equal(("outside_plan", "shape0"), Named(await Save(2, now with
        {
            Shapes = [new() { Position = 0, Kind = PlanShapeKind.Zone, X = 10, Y = 1, Width = 0, Height = 32 }],
        })));
    }

    [Fact]
    public async Task What_else_cannot_be_is_named()
    {
        var now = Shown(await Edited());
        var shape = now.Shapes[0];

        Assert.Equal("plan_size_out_of_range", Named(await Save(1, now with { Columns = 121 })).Code);
        Assert.Equal("space_of_other_floor", Named(await Save(1, now with { Places = [Place(Cast.WestDesk, 1, 1)] })).Code);
        Assert.Equal("placed_twice", Named(await Save(1, now with { Places = [Place(Cast.Desk, 1, 1), Place(Cast.Desk, 9, 9)] })).Code);
        Assert.Equal("too_many_shapes", Named(await Save(1, now with
        {
            Shapes = [.. Enumerable.Range(0, FloorPlan.ShapesMax + 1).Select(i => shape.On(0, i))],
        })).Code);
        Assert.Equal("rotation_invalid", Named(await Save(1, now with
        {
            Shapes = [new() { Position = 0, Kind = PlanShapeKind.Zone, X = 1, Y = 1, Width = 2, Height = 2, Rotation = 45 }],
        })).Code);
        Assert.Equal("no_draft", Named(await Publish(1)).Code);
    }

    [Fact]
    public async Task Administrators_of_a_site_draw_its_floors_and_no_others()
    {
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.East.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });
        var west = Cast.West.Floors[0].Id;

        Assert.True((await Save(1, Moved(Cast.Desk, 30, 20), Cast.Bob)).IsDone);
        Assert.Equal(Refusal.NotFound, (await Save(1, FloorPlanDraft.Empty, Cast.Bob, west)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Save(2, FloorPlanDraft.Empty, Cast.Ada)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Save(0, FloorPlanDraft.Empty, floorId: 999)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Publish(2, by: Cast.Ada)).Refusal);
        Assert.Null(await TestHub.Get<EditedPlans>().Find(Cast.As(Cast.Frieda), FloorId, Stop));
    }

    [Fact]
    public void What_is_left_over_is_placed_where_nothing_stands_until_there_is_no_room()
    {
        var draft = FloorPlanDraft.Empty with { Places = [Place(Cast.Desk, 2, 2)] };

        var filled = FreeCells.Fill(draft, Cast.Spaces);
        var small = FreeCells.Fill(new(8, 8, [], []), Cast.Spaces);

        Assert.Equal(8, filled.Places.Count);
        Assert.Equal(2, filled.Places.Single(place => place.SpaceId == Cast.Desk.Id).X);
        Assert.Empty(PlanChanges.Between(draft, filled, [.. Cast.Spaces]).Overlapping);
        Assert.InRange(small.Places.Count, 1, 7);
    }

    private static (string? Code, string? Field) Named<T>(Outcome<T> outcome) => (outcome.Refusal?.Code, outcome.Refusal?.Field);

    private static FloorPlanDraft Shown(EditedPlan plan) => plan.Shown;

    private FloorPlanDraft Moved(Space space, int x, int y) => new(48, 32,
        [.. Drawn.Where(place => place.SpaceId != space.Id), Place(space, x, y)], []);

    private IEnumerable<PlanPlace> Drawn => [Place(Cast.Desk, 2, 10), Place(Cast.NextDesk, 6, 10), Place(Cast.Booth, 18, 10)];

    private static PlanPlace Place(Space space, int x, int y) => new() { SpaceId = space.Id, X = x, Y = y, Width = 3, Height = 2 };

    private Task<Outcome<FloorPlan>> Save(int? revision, FloorPlanDraft draft, Member? by = null, int? floorId = null) =>
        TestHub.Get<SavePlan>().Run(new((by ?? Cast.Alan).Id, floorId ?? FloorId, revision, draft), Stop);

    private Task<Outcome<FloorPlan>> Publish(int? revision, bool despiteOverlaps = false, Member? by = null) =>
        TestHub.Get<PublishPlan>().Run(new((by ?? Cast.Alan).Id, FloorId, revision, despiteOverlaps), Stop);

    private Task<Outcome<FloorPlan>> BringBack(int planId, int? revision) =>
        TestHub.Get<BringBackPlan>().Run(Cast.Alan.Id, FloorId, planId, revision, Stop);

    private Task<Outcome<PlanPictureSet>> Lay(string? svg)
    {
        ReadOnlyMemory<byte>? sent = null;
        if (svg is not null)
            sent = System.Text.Encoding.UTF8.GetBytes(svg);
        return TestHub.Get<SetPlanPicture>().Run(new(Cast.Alan.Id, FloorId, Revision: null, sent), Stop);
    }

    private async Task<EditedPlan> Edited() => (await TestHub.Get<EditedPlans>().Find(Cast.As(Cast.Alan), FloorId, Stop))!;

    private async Task<HubDirectory> Map() => await TestHub.Get<Catalogue>().Map(Stop);

    private async Task<FloorPlan> Seen() => (await Map()).Plan(FloorId)!;

    private async Task<PlanPlace> At(Space space) => (await Map()).OnPlan(space)!;

    private async Task<Space> NewDesk(string name)
    {
        var desk = new Space
        {
            SiteId = Cast.East.Id,
            FloorId = FloorId,
            Kind = SpaceKind.Desk,
            Name = name,
            Zone = Cast.Desk.Zone,
            Capacity = 1,
            Rules = new() { Name = new(name), Granularity = Granularity.HalfDay },
            Units = [new SpaceUnit { UnitId = 100 + name[^1] }],
        };
        await TestHub.Lay(desk);
        return desk;
    }

    private Task<string> Rows() => TestHub.Read(async db =>
        string.Join('\n', await db.Bookings.Select(one => $"{one.Id} {one.SpaceId} {one.Revision}").ToListAsync(Stop))
        + string.Join('\n', await db.Spaces.OrderBy(one => one.Id).Select(one => $"{one.Id} {one.Name} {one.FloorId}").ToListAsync(Stop))
        + (await db.Claims.CountAsync(Stop)));

    public sealed class OnSqlite(SqliteDatabase database) : FloorPlansTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FloorPlansTests(database), IClassFixture<PostgresDatabase>;
}
