using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>
/// Places what is on no plan yet in rows where nothing else stands, so that nobody has to place two hundred desks one by one.
/// </summary>
public static class FreeCells
{
    private const int DeskWidth = 3, DeskHeight = 2, RoomWidth = 6, RoomHeight = 4;

    /// <summary>The draft with all of the spaces on it for which there is room, in the order in which they are handed in.</summary>
    public static FloorPlanDraft Fill(FloorPlanDraft draft, IEnumerable<Space> spaces)
    {
        List<PlanPlace> places = [.. draft.Places];
        var taken = new bool[draft.Columns + 1, draft.Rows + 1];
        foreach (var place in places)
            Take(taken, place);
        foreach (var space in spaces.Where(space => !places.Exists(place => place.SpaceId == space.Id)))
        {
            if (Find(taken, draft, SizeOf(space), space.Id) is not { } free)
                continue;
            places.Add(free);
            Take(taken, free);
        }

        return draft with { Places = places };
    }

    public static (int Width, int Height) SizeOf(Space space) =>
        space.Kind == SpaceKind.Desk ? (DeskWidth, DeskHeight) : (RoomWidth, RoomHeight);

    private static PlanPlace? Find(bool[,] taken, FloorPlanDraft draft, (int Width, int Height) size, int spaceId)
    {
        // One cell is left to the walls, and one between two rows so that people can pass.
        for (var y = 2; y + size.Height <= draft.Rows; y += size.Height + 1)
            for (var x = 2; x + size.Width <= draft.Columns; x++)
                if (IsFree(taken, x, y, size))
                    return new() { SpaceId = spaceId, X = x, Y = y, Width = size.Width, Height = size.Height };
        return null;
    }

    private static bool IsFree(bool[,] taken, int x, int y, (int Width, int Height) size)
    {
        for (var column = x; column < x + size.Width; column++)
            for (var row = y; row < y + size.Height; row++)
                if (taken[column, row])
                    return false;
        return true;
    }

    private static void Take(bool[,] taken, PlanPlace place)
    {
        for (var column = Math.Max(1, place.X); column < place.X + place.Width && column < taken.GetLength(0); column++)
            for (var row = Math.Max(1, place.Y); row < place.Y + place.Height && row < taken.GetLength(1); row++)
                taken[column, row] = true;
    }
}
