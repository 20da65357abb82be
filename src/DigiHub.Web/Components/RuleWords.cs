using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Web.Components;

/// <summary>How long and how far ahead a space may be booked, and by when one checks in.</summary>
public static class RuleWords
{
    public static Words Of(RuleSet rules)
    {
        var length = LengthOf(rules);
        if (rules.NeedsApproval)
            length = new($"{length.English} Each booking has to be approved.", $"{length.German} Jede Buchung muss genehmigt werden.");
        if (rules.AllowsWalkUps)
            length = new($"{length.English} Can be taken at the door.", $"{length.German} An der Tür belegbar.");
        return rules.CheckInGraceMinutes is { } grace
            ? new($"{length.English} Check in by {grace} minutes after the start.",
                $"{length.German} Check-in bis {grace} Minuten nach Beginn.")
            : length;
    }

    private static Words LengthOf(RuleSet rules)
    {
        var ahead = new Words($"up to {rules.HorizonDays} days ahead", $"bis {rules.HorizonDays} Tage im Voraus");
        if (rules.Granularity != Granularity.Minutes)
            return rules.MaxDays == 1
                ? new($"One day at a time, {ahead.English}.", $"Jeweils ein Tag, {ahead.German}.")
                : new($"At most {rules.MaxDays} days in a row, {ahead.English}.",
                    $"Höchstens {rules.MaxDays} Tage am Stück, {ahead.German}.");

        var (min, max) =
            (TimeWords.Length(Duration.FromMinutes(rules.MinMinutes)), TimeWords.Length(Duration.FromMinutes(rules.MaxMinutes)));
        return new(
            $"{min.English} to {max.English}, in steps of {rules.StepMinutes} minutes, {ahead.English}.",
            $"{min.German} bis {max.German}, in Schritten von {rules.StepMinutes} Minuten, {ahead.German}.");
    }
}
