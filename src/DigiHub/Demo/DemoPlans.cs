using DigiHub.Spaces;

namespace DigiHub.Demo;

/// <summary>
/// The plans of the demo's six floors, one pattern: desks along the windows and around tables, rooms at the courtyard, stairs and lift in
/// the middle; downstairs the hall in place of small rooms, and the lab in place of the kitchen.
/// </summary>
internal static class DemoPlans
{
    private const int Columns = 48, Rows = 32, DeskWidth = 3, DeskHeight = 2, RoomsTop = 25;

    public static IReadOnlyList<FloorPlan> All(IReadOnlyList<Space> spaces, Instant now) =>
        [.. spaces.GroupBy(space => space.FloorId).Select(floor => Plan(floor.Key, [.. floor], now))];

    private static FloorPlan Plan(int floorId, List<Space> spaces, Instant now)
    {
        var rooms = spaces.FindAll(space => space.Kind == SpaceKind.Room);
        var hasLab = spaces.Exists(space => space.Kind == SpaceKind.Lab);
        PlanPlace[] roomPlaces = [.. hasLab ? Hall(rooms) : InARow(rooms)];
        PlanShape[] shapes = [.. Shell(), .. Core(), .. Zones(hasLab), .. WallsOf(roomPlaces), .. Entrance(hasLab)];
        return new()
        {
            Id = floorId, // one plan a floor, so its number is free
            FloorId = floorId,
            Columns = Columns,
            Rows = Rows,
            Revision = 1,
            SavedAt = now,
            PublishedAt = now,
            Places =
            [
                .. spaces.Where(space => space.Kind == SpaceKind.Desk).Select((desk, i) => Desk(desk.Id, i)),
                .. roomPlaces,
                .. spaces.Where(space => space.Kind == SpaceKind.Booth).Select((booth, i) => Place(booth.Id, 39 + i * 5, 1, 5, 7)),
                .. spaces.Where(space => space.Kind == SpaceKind.Lab).Select(lab => Place(lab.Id, 39, 11, 10, 8)),
            ],
            Shapes = [.. shapes.Select((shape, position) => shape.On(floorId, position))],
        };
    }

    // As the demo's zones have them: ten at the windows, twelve around tables, eight in the quiet corner.
    private static PlanPlace Desk(int id, int i) => i switch
    {
        < 10 => Seat(id, 3 + i * 3 + i / 2, 4, 0),
        < 16 => Seat(id, 4 + (i - 10) * 3 + (i >= 13 ? 2 : 0), 14, 180),
        < 22 => Seat(id, 4 + (i - 16) * 3 + (i >= 19 ? 2 : 0), 16, 0),
        < 26 => Seat(id, 35 + (i - 22) * 3, 24, 0),
        _ => Seat(id, 35 + (i - 26) * 3, 28, 0),
    };

    private static PlanPlace Seat(int id, int x, int y, int rotation) =>
        new() { SpaceId = id, X = x, Y = y, Width = DeskWidth, Height = DeskHeight, Rotation = rotation };

    private static IEnumerable<PlanPlace> InARow(List<Space> rooms)
    {
        (int X, int Width)[] at = [(1, 5), (6, 6), (12, 8), (20, 11)];
        return rooms.Select((room, i) => Place(room.Id, at[i].X, RoomsTop, at[i].Width, Rows - RoomsTop + 1));
    }

    // The hall, its two halves within it, and one room beside it.
    private static PlanPlace[] Hall(List<Space> rooms) =>
    [
        Place(rooms[0].Id, 1, 23, 22, 10), Place(rooms[1].Id, 2, 26, 10, 6), Place(rooms[2].Id, 12, 26, 10, 6),
        Place(rooms[3].Id, 23, RoomsTop, 8, 8),
    ];

    private static PlanPlace Place(int id, int x, int y, int width, int height) =>
        new() { SpaceId = id, X = x, Y = y, Width = width, Height = height };

    private static IEnumerable<PlanShape> Shell()
    {
        yield return Shape(PlanShapeKind.Wall, 1, 1, Columns, Rows);
        foreach (var x in new[] { 3, 11, 19, 28 })
            yield return Shape(PlanShapeKind.Window, x, 1, 7, 0);
        foreach (var x in new[] { 3, 13, 23, 36, 43 })
            yield return Shape(PlanShapeKind.Window, x, Rows + 1, 5, 0);
        foreach (var y in new[] { 10, 17 })
            yield return Shape(PlanShapeKind.Window, 1, y, 0, 5);
        foreach (var y in new[] { 12, 22, 28 })
            yield return Shape(PlanShapeKind.Window, Columns + 1, y, 0, 4);
    }

    private static IEnumerable<PlanShape> Core()
    {
        yield return Shape(PlanShapeKind.Stairs, 28, 12, 4, 4);
        yield return Shape(PlanShapeKind.Lift, 32, 12, 3, 4);
        yield return Shape(PlanShapeKind.Toilets, 35, 12, 3, 4);
        yield return Shape(PlanShapeKind.Wall, 28, 12, 4, 4);
        yield return Shape(PlanShapeKind.Wall, 32, 12, 3, 4);
        yield return Shape(PlanShapeKind.Wall, 35, 12, 3, 4);
        foreach (var x in new[] { 39, 44 })
        {
            yield return Shape(PlanShapeKind.Wall, x, 1, 5, 7);
            yield return Shape(PlanShapeKind.Doorway, x + 1, 8, 2, 2);
        }
    }

    private static IEnumerable<PlanShape> Zones(bool hasLab)
    {
        yield return Shape(PlanShapeKind.Zone, 2, 2, 36, 6, new("Fensterreihe", "Window row"));
        yield return Shape(PlanShapeKind.Zone, 2, 11, 23, 9, new("Projekttische", "Project tables"));
        yield return Shape(PlanShapeKind.Zone, 34, 21, 15, 12, new("Ruhige Ecke", "Quiet corner"));
        yield return Shape(PlanShapeKind.Window, 34, 21, 15, 0);
        yield return Shape(PlanShapeKind.Window, 34, 26, 0, 7);
        if (hasLab)
        {
            yield return Shape(PlanShapeKind.Wall, 39, 11, 10, 8);
            yield return Shape(PlanShapeKind.Doorway, 39, 16, 2, 2, rotation: 270);
        }
        else
        {
            yield return Shape(PlanShapeKind.Zone, 40, 11, 9, 8, new("Küche", "Kitchen"));
            yield return Shape(PlanShapeKind.Kitchen, 47, 12, 2, 6);
        }
    }

    // A room has its door at the corridor; the halves of a hall have theirs within it.
    private static IEnumerable<PlanShape> WallsOf(PlanPlace[] rooms)
    {
        foreach (var room in rooms)
        {
            yield return Shape(PlanShapeKind.Wall, room.X, room.Y, room.Width, room.Height);
            yield return Shape(PlanShapeKind.Doorway, room.X + 1, room.Y, 2, 2);
        }
    }

    private static IEnumerable<PlanShape> Entrance(bool isGround)
    {
        yield return Shape(PlanShapeKind.Here, 32, isGround ? 26 : 17, 2, 2);
        if (isGround)
            yield return Shape(PlanShapeKind.Doorway, 31, Rows - 1, 2, 2, rotation: 180);
    }

    private static PlanShape Shape(
        PlanShapeKind kind, int x, int y, int width, int height, LocalisedText name = default, int rotation = 0) =>
        new() { Position = 0, Kind = kind, X = x, Y = y, Width = width, Height = height, Rotation = rotation, Name = name };
}
