using DigiHub.Spaces;
using static DigiHub.Web.Components.Speak;

namespace DigiHub.Web.FloorPlans;

/// <summary>What is said of plans.</summary>
internal static class PlanWords
{
    public static Words Of(PlanShapeKind kind) => kind switch
    {
        PlanShapeKind.Wall => new("Wall", "Wand"),
        PlanShapeKind.Window => new("Window", "Fenster"),
        PlanShapeKind.Doorway => new("Doorway", "Tür"),
        PlanShapeKind.Zone => new("Zone", "Bereich"),
        PlanShapeKind.Stairs => new("Stairs", "Treppe"),
        PlanShapeKind.Lift => new("Lift", "Aufzug"),
        PlanShapeKind.Toilets => new("Toilets", "WC"),
        PlanShapeKind.Kitchen => new("Kitchen", "Küche"),
        _ => new("You are here", "Sie sind hier", "Du bist hier"),
    };

    /// <summary>Columns and rows of a new one.</summary>
    public static (int Width, int Height) SizeOf(PlanShapeKind kind) => kind switch
    {
        PlanShapeKind.Wall or PlanShapeKind.Window => (6, 0),
        PlanShapeKind.Zone => (12, 6),
        PlanShapeKind.Stairs => (4, 4),
        PlanShapeKind.Lift or PlanShapeKind.Toilets => (3, 4),
        PlanShapeKind.Kitchen => (2, 5),
        _ => (2, 2),
    };

    /// <summary>"column 12, row 4".</summary>
    public static string At(PlanPlace place) => T($"column {place.X}, row {place.Y}", $"Spalte {place.X}, Zeile {place.Y}");

    /// <summary>The same with its size, where that changed, too.</summary>
    public static string Moved(PlanPlace before, PlanPlace after) =>
        (before.Width, before.Height, before.Rotation, before.Form) == (after.Width, after.Height, after.Rotation, after.Form)
            ? T($"from {At(before)} to {At(after)}", $"von {At(before)} nach {At(after)}")
            : T($"from {At(before)}, {Size(before)}, to {At(after)}, {Size(after)}",
                $"von {At(before)}, {Size(before)}, nach {At(after)}, {Size(after)}");

    public static string Changes(int count) => count == 1
        ? T("Publish 1 change", "1 Änderung veröffentlichen")
        : T($"Publish {count} changes", $"{count} Änderungen veröffentlichen");

    private static string Size(PlanPlace place) => T(
        $"{place.Width} by {place.Height} cells{Turned(place)}", $"{place.Width} mal {place.Height} Zellen{Turned(place)}");

    private static string Turned(PlanPlace place) => place.Rotation == 0
        ? ""
        : T($" turned {place.Rotation}°", $" um {place.Rotation}° gedreht");
}
