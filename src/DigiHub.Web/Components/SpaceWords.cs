using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>Spaces in words and as icons.</summary>
public static class SpaceWords
{
    /// <summary>"Desk", "Arbeitsplatz".</summary>
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

    /// <summary>"window, monitor": what stands in it; empty for a bare space.</summary>
    public static string Listed(Space space) => string.Join(", ", space.Things.Select(thing => thing.Name.Here));

    /// <summary>"6 people", "6 Personen".</summary>
    public static Words Seats(int seats) => seats == 1 ? new("1 person", "1 Person") : new($"{seats} people", $"{seats} Personen");
}
