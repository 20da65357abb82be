using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <param name="Before">Null: it was not on the plan.</param>
/// <param name="After">Null: it is not on the plan any more.</param>
public sealed record MovedSpace(Space Space, PlanPlace? Before, PlanPlace? After);

public sealed record OverlappingSpaces(Space One, Space Other);

/// <summary>What one plan of a floor has that another has not, and what people should see before they publish it.</summary>
public sealed record PlanChanges
{
    /// <summary>How many overlapping pairs are named at most.</summary>
    public const int OverlapsMax = 50;

    public required IReadOnlyList<MovedSpace> Added { get; init; }

    public required IReadOnlyList<MovedSpace> Moved { get; init; }

    public required IReadOnlyList<MovedSpace> Gone { get; init; }

    /// <summary>On offer, and not on the plan; they can be booked from the list.</summary>
    public required IReadOnlyList<Space> Unplaced { get; init; }

    public required IReadOnlyList<OverlappingSpaces> Overlapping { get; init; }

    /// <summary>How many walls, doors and the like came, went or changed, and 1 for another size of the plan.</summary>
    public required int ShapesChanged { get; init; }

    /// <summary>There is another picture beneath it, or none any more.</summary>
    public bool HasOtherPicture { get; init; }

    public int Count => Added.Count + Moved.Count + Gone.Count + ShapesChanged + (HasOtherPicture ? 1 : 0);

    /// <param name="spaces">All of the floor; a place of any other is left out.</param>
    public static PlanChanges Between(FloorPlanDraft before, FloorPlanDraft after, IReadOnlyList<Space> spaces)
    {
        var was = before.Places.ToDictionary(place => place.SpaceId);
        var now = after.Places.ToDictionary(place => place.SpaceId);
        List<MovedSpace> all = [.. spaces.OrderBy(space => space.Name, StringComparer.OrdinalIgnoreCase)
            .Select(space => new MovedSpace(space, was.GetValueOrDefault(space.Id), now.GetValueOrDefault(space.Id)))];
        return new()
        {
            Added = [.. all.Where(one => one is { Before: null, After: not null })],
            Moved = [.. all.Where(one => one is { Before: { } then, After: { } there } && !then.IsLike(there))],
            Gone = [.. all.Where(one => one is { Before: not null, After: null })],
            Unplaced = [.. all.Where(one => one.After is null && one.Space.IsOffered).Select(one => one.Space)],
            Overlapping = [.. Overlaps(all).Take(OverlapsMax)],
            HasOtherPicture = before.Picture != after.Picture,
            ShapesChanged = Different(before.Shapes, after.Shapes)
                + ((before.Columns, before.Rows) == (after.Columns, after.Rows) ? 0 : 1),
        };
    }

    /// <summary>A hall lies over its parts by nature: those that share a unit do not count.</summary>
    private static IEnumerable<OverlappingSpaces> Overlaps(List<MovedSpace> all)
    {
        List<MovedSpace> placed = [.. all.Where(one => one.After is not null)];
        for (var i = 0; i < placed.Count; i++)
            for (var k = i + 1; k < placed.Count; k++)
                if (placed[i].After!.Overlaps(placed[k].After!) && !SharesUnit(placed[i].Space, placed[k].Space))
                    yield return new(placed[i].Space, placed[k].Space);
    }

    private static bool SharesUnit(Space one, Space other) =>
        one.Units.Exists(unit => other.Units.Exists(theirs => theirs.UnitId == unit.UnitId));

    private static int Different(IReadOnlyList<PlanShape> before, IReadOnlyList<PlanShape> after)
    {
        List<PlanShape> left = [.. before];
        var come = after.Count(shape => left.FindIndex(shape.IsLike) is var at && (at < 0 || Took(left, at)));
        return Math.Max(come, left.Count);
    }

    /// <summary>False: it was there, and counts once.</summary>
    private static bool Took(List<PlanShape> left, int at)
    {
        left.RemoveAt(at);
        return false;
    }
}
