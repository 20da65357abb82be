using DigiHub.Access;
using DigiHub.FloorPlans;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.FloorPlans;

/// <summary>Floors and their plans: for everybody the published one, for who sets up the site the draft, too.</summary>
internal static class FloorsApi
{
    public static void MapFloorsApi(this RouteGroupBuilder api)
    {
        var floors = api.MapGroup("/floors").WithTags("Floors");
        floors.MapGet("/", async (Catalogue catalogue, CancellationToken stop) =>
        {
            var map = await catalogue.Map(stop);
            return map.Places.SelectMany(place => place.Site.Floors.OrderBy(floor => floor.Level)
                .Select(floor => new SiteFloorShape(
                    floor.Id, place.Site.Slug, floor.Level, floor.Name.Here, map.Plan(floor.Id) is not null))).ToArray();
        }).WithName("listFloors").WithSummary("List the floors of all sites, by site and level").Produces<SiteFloorShape[]>();
        floors.MapGet("/{id:int}/plan", Get).WithName("getFloorPlan")
            .WithSummary("Get the plan of a floor that members see, or its draft").Produces<FloorPlanShape>();
        floors.MapPatch("/{id:int}/plan", Change).RequireAuthorization(nameof(Permission.ManageSites))
            .AcceptsMergePatch<FloorPlanInput>().WithName("changeFloorPlan")
            .WithSummary("Change the draft of a floor’s plan, which nobody else sees before it is published").Produces<FloorPlanShape>();
        floors.MapPost("/{id:int}/plan/publish", Publish).RequireAuthorization(nameof(Permission.ManageSites))
            .WithName("publishFloorPlan").WithSummary("Show the draft of a floor’s plan to everybody").Produces<FloorPlanShape>();
    }

    private static async Task<IResult> Get(
        int id, Asked<bool>? draft, HttpContext http, EditedPlans plans, Catalogue catalogue, CancellationToken stop)
    {
        if (draft?.Value == true)
            return await plans.Find(http.Viewer(), id, stop) is { } edited
                ? Answer.Of(StatusCodes.Status200OK, FloorPlanShape.Of(id, edited.Shown, edited.Draft?.PublishedAt, edited.Revision),
                    edited.Revision)
                : Problems.NotFound;
        return (await catalogue.Map(stop)).Plan(id) is { } seen
            ? Answer.Of(StatusCodes.Status200OK, FloorPlanShape.Of(id, FloorPlanDraft.Of(seen), seen.PublishedAt, seen.Revision),
                seen.Revision)
            : Problems.NotFound;
    }

    private static async Task<IResult> Change(
        int id, FloorPlanInput input, HttpContext http, EditedPlans plans, SavePlan save, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        problem ??= input.Lacking(
            (nameof(input.Columns), input.Columns is null), (nameof(input.Rows), input.Rows is null),
            (nameof(input.Places), input.Places is null), (nameof(input.Shapes), input.Shapes is null));
        problem ??= input.Empty;
        if (problem is not null)
            return problem;
        if (await plans.Find(http.Viewer(), id, stop) is not { } edited)
            return Problems.NotFound;

        // Even with "*" omitted properties come from the version just read, so a concurrent change must not be overwritten.
        var saved = await save.Run(
            new(http.User.MemberId()!.Value, id, revision ?? edited.Revision, input.OnTopOf(edited.Shown)), stop);
        return saved.IsDone
            ? Answer.Of(StatusCodes.Status200OK,
                FloorPlanShape.Of(id, FloorPlanDraft.Of(saved.Value), publishedAt: null, saved.Value.Revision), saved.Value.Revision)
            : saved.Refusal.ToProblem();
    }

    private static Task<IResult> Publish(
        int id, PublishFloorPlanInput? input, HttpContext http, PublishPlan publish, Idempotency once, CancellationToken stop) =>
        once.Run<FloorPlan>(
            http,
            along => publish.Run(
                new(http.User.MemberId()!.Value, id, input?.Revision, input?.DespiteOverlaps ?? false), stop, along),
            plan => Answer.Of(StatusCodes.Status200OK,
                FloorPlanShape.Of(id, FloorPlanDraft.Of(plan), plan.PublishedAt, plan.Revision), plan.Revision));
}

/// <param name="Level">0 is the ground floor.</param>
/// <param name="HasPlan">Whether one has been published.</param>
public sealed record SiteFloorShape(int Id, string Site, int Level, string Name, bool HasPlan);

/// <param name="Columns">Cells from left to right.</param>
/// <param name="Rows">Cells from top to bottom.</param>
/// <param name="Revision">Also the ETag.</param>
/// <param name="PublishedAt">Null: a draft.</param>
public sealed record FloorPlanShape(
    int FloorId, int Columns, int Rows, int Revision, Instant? PublishedAt, IReadOnlyList<PlaceShape> Places,
    IReadOnlyList<DrawnShape> Shapes)
{
    internal static FloorPlanShape Of(int floorId, FloorPlanDraft plan, Instant? publishedAt, int revision) => new(
        floorId, plan.Columns, plan.Rows, revision, publishedAt,
        [.. plan.Places.Select(place => new PlaceShape(
            place.SpaceId, place.X, place.Y, place.Width, place.Height, place.Rotation, place.Form))],
        [.. plan.Shapes.Select(shape => new DrawnShape(
            shape.Kind, shape.X, shape.Y, shape.Width, shape.Height, shape.Rotation, shape.Name.German, shape.Name.English))]);
}

/// <param name="X">Column of its left cells, from 1.</param>
/// <param name="Y">Row of its top cells, from 1.</param>
/// <param name="Rotation">0, 90, 180 or 270.</param>
[FieldsMayBeLeftOut]
public sealed record PlaceShape(
    int SpaceId, int X, int Y, int Width, int Height, int Rotation = 0, PlaceForm Form = PlaceForm.Box);

/// <param name="Width">0 for a wall or window that is a vertical line.</param>
/// <param name="Height">0 for a wall or window that is a horizontal line.</param>
/// <param name="Rotation">0, 90, 180 or 270: a door’s opening is its upper edge, turned by this.</param>
/// <param name="NameDe">Null for no name, and where English serves both.</param>
[FieldsMayBeLeftOut]
public sealed record DrawnShape(
    PlanShapeKind Kind, int X, int Y, int Width, int Height, int Rotation = 0, string? NameDe = null, string? NameEn = null);

/// <summary>What is left out stays; places and shapes are replaced as a whole.</summary>
public sealed record FloorPlanInput : MergePatch
{
    /// <summary>8 to 120.</summary>
    public int? Columns { get; init => field = Given(value); }

    /// <summary>8 to 120.</summary>
    public int? Rows { get; init => field = Given(value); }

    /// <summary>Desks and rooms; those without a place are not on the plan.</summary>
    public IReadOnlyList<PlaceShape>? Places { get; init => field = Given(value); }

    /// <summary>At most 300, in the order in which they are drawn.</summary>
    public IReadOnlyList<DrawnShape>? Shapes { get; init => field = Given(value); }

    /// <summary>The problem with lists that hold null in place of something; null if none does.</summary>
    internal IResult? Empty =>
        Places?.Any(place => place is null) == true ? EmptyIn("places")
        : Shapes?.Any(shape => shape is null) == true ? EmptyIn("shapes")
        : null;

    private static IResult EmptyIn(string field) => Problems.Bad("null_in_list", new(
        $"\"{field}\" can’t contain null.", $"„{field}“ darf null nicht enthalten."), field);

    internal FloorPlanDraft OnTopOf(FloorPlanDraft plan) => new(
        Columns ?? plan.Columns, Rows ?? plan.Rows,
        Places is null ? plan.Places : [.. Places.Select(place => new PlanPlace
        {
            SpaceId = place.SpaceId,
            X = place.X,
            Y = place.Y,
            Width = place.Width,
            Height = place.Height,
            Rotation = place.Rotation,
            Form = place.Form,
        })],
        Shapes is null ? plan.Shapes : [.. Shapes.Select((shape, position) => new PlanShape
        {
            Position = position,
            Kind = shape.Kind,
            X = shape.X,
            Y = shape.Y,
            Width = shape.Width,
            Height = shape.Height,
            Rotation = shape.Rotation,
            Name = new LocalisedText(shape.NameDe, shape.NameEn).Each(TypedText.Line),
        })]);
}

/// <param name="Revision">Of the draft that was seen; without it whatever there is.</param>
/// <param name="DespiteOverlaps">Publish although desks or rooms overlap.</param>
[FieldsMayBeLeftOut]
public sealed record PublishFloorPlanInput(int? Revision = null, bool? DespiteOverlaps = null);
