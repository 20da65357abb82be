namespace DigiHub.Setup;

/// <summary>Desks and rooms of one floor, many at once, as somebody describes them.</summary>
public sealed record SpacesDraft
{
    public const int LevelMin = -5, LevelMax = 50, DesksMax = 200, RoomsMax = 100, RoomsLengthMax = 8_000;

    /// <summary>0 is the ground floor. The floor is added where there is none yet.</summary>
    public required int Level { get; init; }

    /// <summary>How many desks, from 0.</summary>
    public int Desks { get; init; }

    /// <summary>The name of the first desk, which ends in its number: "E1-01"; the next are "E1-02" and so on.</summary>
    public string? FirstDesk { get; init; }

    /// <summary>A room a line, with the number of its seats: "Spree, 8". With one seat it is a phone booth.</summary>
    public string? Rooms { get; init; }

    /// <summary>The rules of the desks; null: those that most desks have.</summary>
    public int? DeskRulesId { get; init; }

    /// <summary>The rules of the rooms; null: those that most rooms have. Booths get those of booths.</summary>
    public int? RoomRulesId { get; init; }
}
