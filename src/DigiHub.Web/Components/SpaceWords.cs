using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>Kinds of spaces and what stands in them, in words and as icons.</summary>
public static class SpaceWords
{
    private static readonly (Equipment Thing, Words Word, string Icon)[] Things =
    [
        (Equipment.Window, new("window", "Fenster"), "window"),
        (Equipment.Quiet, new("quiet", "ruhig"), "quiet"),
        (Equipment.StandingDesk, new("standing desk", "Stehtisch"), "standing"),
        (Equipment.Monitor, new("monitor", "Monitor"), "screen"),
        (Equipment.Screen, new("screen", "Bildschirm"), "screen"),
        (Equipment.VideoConference, new("video conference", "Videokonferenz"), "online"),
        (Equipment.Whiteboard, new("whiteboard", "Whiteboard"), "board"),
        (Equipment.Phone, new("phone", "Telefon"), "booth"),
        (Equipment.LabBench, new("lab bench", "Labortisch"), "lab"),
        (Equipment.StepFree, new("step-free", "stufenlos"), "access"),
    ];

    /// <summary>"Desk", "Arbeitsplatz"; with the German words of the house.</summary>
    public static Words Of(SpaceKind kind) => kind switch
    {
        SpaceKind.Desk => new("Desk", "Arbeitsplatz"),
        SpaceKind.Room => new("Room", "Raum"),
        SpaceKind.Booth => new("Phone booth", "Telefonbox"),
        _ => new("Lab", "Labor"),
    };

    /// <summary>"Desk E1-01", "Arbeitsplatz E1-01", "Room Spree"; a booth's own name.</summary>
    public static Words Named(Space space) => space.Kind switch
    {
        SpaceKind.Desk => new($"Desk {space.Name}", $"Arbeitsplatz {space.Name}"),
        SpaceKind.Room => new($"Room {space.Name}", $"Raum {space.Name}"),
        SpaceKind.Lab => new($"Lab {space.Name}", $"Labor {space.Name}"),
        _ => new(space.Name, space.Name),
    };

    public static string IconOf(SpaceKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>What is there, one word each, in a fixed order; empty for a bare space.</summary>
    public static IEnumerable<(Words Word, string Icon)> Of(Equipment equipment) =>
        from thing in Things where equipment.HasFlag(thing.Thing) select (thing.Word, thing.Icon);

    /// <summary>"window, monitor": for the name of a desk on the plan.</summary>
    public static string Listed(Equipment equipment) => string.Join(", ", Of(equipment).Select(thing => thing.Word.Here));

    /// <summary>"6 people", "6 Personen".</summary>
    public static Words Seats(int seats) => seats == 1 ? new("1 person", "1 Person") : new($"{seats} people", $"{seats} Personen");
}
