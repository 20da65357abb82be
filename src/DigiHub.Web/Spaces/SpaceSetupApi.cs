using DigiHub.Access;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Spaces;

/// <summary>Adding desks and rooms and changing them, for who sets up their site.</summary>
internal static class SpaceSetupApi
{
    public static void MapSpaceSetupApi(this RouteGroupBuilder api)
    {
        var manages = nameof(Permission.ManageSites);
        api.MapPost("/sites/{slug}/spaces", Add).WithTags("Spaces").RequireAuthorization(manages).WithName("addSpaces")
            .WithSummary("Add desks and rooms to a floor of a site, all or none").Produces<SpaceShape[]>(StatusCodes.Status201Created);
        api.MapPatch("/spaces/{id:int}", Change).WithTags("Spaces").RequireAuthorization(manages).WithMetadata(Unversioned.Mark)
            .AcceptsMergePatch<SpaceInput>().WithName("changeSpace")
            .WithSummary("Change a desk or room from the next booking on, or take it off the offer").Produces<SpaceShape>();
    }

    private static async Task<IResult> Add(
        string slug, NewSpacesInput input, HttpContext http, AddSpaces add, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Place(slug) is not { } place)
            return Problems.NotFound;
        return await once.Run<SpacesAdded>(
            http,
            along => add.Run(http.User.MemberId()!.Value, place.Site.Id, new SpacesDraft
            {
                Level = input.Level,
                Desks = input.Desks ?? 0,
                FirstDesk = input.FirstDesk,
                Rooms = string.Join('\n', input.Rooms ?? []),
                DeskRulesId = input.DeskRulesId,
                RoomRulesId = input.RoomRulesId,
            }, stop, along),
            added => Answer.Of(
                StatusCodes.Status201Created, added.Spaces.Select(space => SpaceShape.Of(space, place.Site.Slug)).ToArray()));
    }

    private static async Task<IResult> Change(
        int id, SpaceInput input, HttpContext http, EditSpaces edit, Catalogue catalogue, CancellationToken stop)
    {
        if (input.Incomplete is { } incomplete)
            return incomplete;
        if ((await catalogue.Map(stop)).Space(id) is not { } known)
            return Problems.NotFound;
        var changed = await edit.Run(http.User.MemberId()!.Value, [id], input.OnTopOf(known), stop);
        if (!changed.IsDone)
            return changed.Refusal.ToProblem();
        var map = await catalogue.Map(stop);
        return map.Space(id) is { } space ? Results.Ok(SpaceShape.Of(space, map)) : Problems.NotFound;
    }
}

/// <param name="Level">0 is the ground floor; the floor is added where there is none yet.</param>
/// <param name="FirstDesk">The name of the first desk, which ends in its number: “E1-01”; the others count on.</param>
/// <param name="Rooms">Each with its seats: “Spree, 8”; with one seat it is a phone booth.</param>
/// <param name="DeskRulesId">Null: the rules that most desks have.</param>
/// <param name="RoomRulesId">Null: the rules that most rooms have.</param>
[FieldsMayBeLeftOut]
public sealed record NewSpacesInput(
    int Level, int? Desks = null, string? FirstDesk = null, IReadOnlyList<string>? Rooms = null, int? DeskRulesId = null,
    int? RoomRulesId = null);

/// <summary>What is left out stays.</summary>
public sealed record SpaceInput : MergePatch
{
    public string? Name { get; init => field = Given(value); }

    /// <summary>Part of the floor, as people call it; null where the other language serves.</summary>
    public string? ZoneDe { get; init => field = Given(value); }

    public string? ZoneEn { get; init => field = Given(value); }

    /// <summary>Seats.</summary>
    public int? Capacity { get; init => field = Given(value); }

    /// <summary>Keys of all that stands in it.</summary>
    public IReadOnlyList<string>? Equipment { get; init => field = Given(value); }

    /// <summary>The set of rules by which it is booked.</summary>
    public int? RulesId { get; init => field = Given(value); }

    /// <summary>False takes it off the offer; what is booked stays.</summary>
    public bool? IsOffered { get; init => field = Given(value); }

    /// <summary>The pool to which it belongs; null takes it out of the one it has.</summary>
    public int? PoolId { get; init => field = Given(value); }

    internal IResult? Incomplete => Lacking(
        (nameof(Name), Name is null), (nameof(Capacity), Capacity is null), (nameof(Equipment), Equipment is null),
        (nameof(RulesId), RulesId is null), (nameof(IsOffered), IsOffered is null));

    internal SpacesChange OnTopOf(Space space) => new()
    {
        Name = Name,
        Zone = Has(nameof(ZoneDe)) || Has(nameof(ZoneEn))
            ? new LocalisedText(Has(nameof(ZoneDe)) ? ZoneDe : space.Zone.German, Has(nameof(ZoneEn)) ? ZoneEn : space.Zone.English)
            : null,
        Capacity = Capacity,
        Equipment = Equipment,
        RulesId = RulesId,
        IsOffered = IsOffered,
        Pool = Has(nameof(PoolId)) ? new PoolWish(PoolId) : null,
    };
}
