using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Web.Bookings;

/// <summary>How long and how far ahead a space may be booked, in one sentence for the form.</summary>
public static class SpaceRules
{
    public static Words Of(Space space)
    {
        var ahead = new Words($"up to {space.HorizonDays} days ahead", $"bis {space.HorizonDays} Tage im Voraus");
        if (space.Granularity != Granularity.Minutes)
            return space.MaxDays == 1
                ? new($"One day at a time, {ahead.English}.", $"Jeweils ein Tag, {ahead.German}.")
                : new($"At most {space.MaxDays} days in a row, {ahead.English}.",
                    $"Höchstens {space.MaxDays} Tage am Stück, {ahead.German}.");

        var (min, max) =
            (TimeWords.Length(Duration.FromMinutes(space.MinMinutes)), TimeWords.Length(Duration.FromMinutes(space.MaxMinutes)));
        return new(
            $"{min.English} to {max.English}, in steps of {space.StepMinutes} minutes, {ahead.English}.",
            $"{min.German} bis {max.German}, in Schritten von {space.StepMinutes} Minuten, {ahead.German}.");
    }
}
