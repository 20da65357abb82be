using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>What desks and rooms must be.</summary>
internal static class SpaceChangeRules
{
    private const int ZoneMax = 60, DayMinutes = 24 * 60;

    /// <summary>Everything that is wrong with the change itself, in one refusal; null if nothing is.</summary>
    /// <param name="count">How many spaces it is for.</param>
    public static Refusal? WhyNot(SpacesChange change, int count) => Refusal.AllOf([.. Wrong(change, count)]);

    /// <summary>What is wrong with a space as it would be; null if nothing is.</summary>
    public static Refusal? WhyNot(Space space)
    {
        if (space.MinMinutes > space.MaxMinutes)
            return new Refusal("min_above_max", new(
                $"{space.Name}: the shortest booking can’t be longer than the longest.",
                $"{space.Name}: Die kürzeste Buchung kann nicht länger sein als die längste."))
            { Field = "minMinutes" };
        if (space.Granularity == Granularity.Minutes
            && (space.MinMinutes % space.StepMinutes != 0 || space.MaxMinutes % space.StepMinutes != 0))
            return new Refusal("off_the_step", new(
                $"{space.Name}: shortest and longest booking must be multiples of {space.StepMinutes} minutes.",
                $"{space.Name}: Kürzeste und längste Buchung müssen Vielfache von {space.StepMinutes} Minuten sein."))
            { Field = "maxMinutes" };
        return null;
    }

    private static IEnumerable<Refusal> Wrong(SpacesChange change, int count)
    {
        if (change.Name is not null && (count > 1 || TypedText.Line(change.Name) is null))
            yield return new("name_missing", new("Enter a name.", "Geben Sie einen Namen ein.")) { Field = "name" };
        if (TypedText.Line(change.Name)?.Length > Space.NameMax)
            yield return new("name_too_long", new(
                $"Use at most {Space.NameMax} characters.", $"Höchstens {Space.NameMax} Zeichen sind möglich."))
            { Field = "name" };
        if (change.Zone is { } zone && (zone.Words.German.Length > ZoneMax || zone.Words.English.Length > ZoneMax))
            yield return new("zone_too_long", new($"Use at most {ZoneMax} characters.", $"Höchstens {ZoneMax} Zeichen sind möglich."))
            { Field = "zoneGerman" };
        if (change.StepMinutes is { } step and not (5 or 15 or 30 or 60))
            yield return new("step_invalid", new("Choose 5, 15, 30 or 60 minutes.", "Wählen Sie 5, 15, 30 oder 60 Minuten."))
            { Field = "stepMinutes" };
        (string Field, int? Number, int Min, int Max)[] numbers =
        [
            ("capacity", change.Capacity, 1, Space.PeopleMax),
            ("minMinutes", change.MinMinutes, 5, DayMinutes),
            ("maxMinutes", change.MaxMinutes, 5, DayMinutes),
            ("maxDays", change.MaxDays, 1, 31),
            ("noticeMinutes", change.NoticeMinutes, 0, 30 * DayMinutes),
            ("horizonDays", change.HorizonDays, 1, 366),
            ("setUpMinutes", change.SetUpMinutes, 0, 8 * 60),
            ("tearDownMinutes", change.TearDownMinutes, 0, 8 * 60),
        ];
        foreach (var (field, number, min, max) in numbers)
            if (number < min || number > max)
                yield return new("number_out_of_range", new(
                    $"Enter a number from {min} to {max}.", $"Geben Sie eine Zahl von {min} bis {max} ein."))
                { Field = field };
    }

    public static Refusal TooMany { get; } = new("too_many_spaces", new(
        $"Choose 1 to {EditSpaces.SpacesMax} desks or rooms.", $"Wählen Sie 1 bis {EditSpaces.SpacesMax} Plätze oder Räume."));

    public static Refusal UnknownEquipment { get; } = new("unknown_equipment", new(
        "The hub doesn’t have this equipment. Choose from the list.", "Diese Ausstattung gibt es im Hub nicht. Wählen Sie aus der Liste."))
    { Field = "equipment" };
}
