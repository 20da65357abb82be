using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>What desks and rooms must be.</summary>
internal static class SpaceChangeRules
{
    private const int ZoneMax = 60;

    /// <summary>Everything that is wrong with the change itself, in one refusal; null if nothing is.</summary>
    /// <param name="count">How many spaces it is for.</param>
    public static Refusal? WhyNot(SpacesChange change, int count) => Refusal.AllOf([.. Wrong(change, count)]);

    private static IEnumerable<Refusal> Wrong(SpacesChange change, int count)
    {
        if (change.Name is not null && (count > 1 || TypedText.Line(change.Name) is null))
            yield return new("name_missing", new("Enter a name.", "Geben Sie einen Namen ein.", "Gib einen Namen ein.")) { Field = "name" };
        if (TypedText.Line(change.Name)?.Length > Space.NameMax)
            yield return new("name_too_long", new(
                $"Use at most {Space.NameMax} characters.", $"Höchstens {Space.NameMax} Zeichen sind möglich."))
            { Field = "name" };
        if (change.Zone is { } zone && (zone.Words.German.Length > ZoneMax || zone.Words.English.Length > ZoneMax))
            yield return new("zone_too_long", new($"Use at most {ZoneMax} characters.", $"Höchstens {ZoneMax} Zeichen sind möglich."))
            { Field = "zoneGerman" };
        if (change.Capacity < 1 || change.Capacity > Space.PeopleMax)
            yield return RuleSetRules.OutOfRange("capacity", 1, Space.PeopleMax);
    }

    public static Refusal TooMany { get; } = new("too_many_spaces", new(
        $"Choose 1 to {EditSpaces.SpacesMax} desks or rooms.", $"Wählen Sie 1 bis {EditSpaces.SpacesMax} Plätze oder Räume.",
        $"Wähle 1 bis {EditSpaces.SpacesMax} Plätze oder Räume."));

    public static Refusal IsRetired(Space space) => new("space_retired", new(
        $"{space.Name} is retired and can only be read.", $"{space.Name} ist stillgelegt und kann nur noch gelesen werden."));

    public static Refusal UnknownEquipment { get; } = new("unknown_equipment", new(
        "The hub doesn’t have this equipment. Choose from the list.", "Diese Ausstattung gibt es im Hub nicht. Wählen Sie aus der Liste.",
        "Diese Ausstattung gibt es im Hub nicht. Wähle aus der Liste."))
    { Field = "equipment" };
}
