using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Closures;

/// <summary>What a closure must be.</summary>
internal static class ClosureRules
{
    public const int DaysMax = 366;

    public static Refusal ReasonMissing { get; } = new("reason_missing", new(
        "Give a reason. Members will see it.", "Geben Sie einen Grund an. Die Mitglieder sehen ihn.",
        "Gib einen Grund an. Die Mitglieder sehen ihn."))
    { Field = "reasonGerman" };

    /// <summary>Everything that is wrong with it, in one refusal; null if nothing is.</summary>
    public static Refusal? WhyNot(LocalDate from, LocalDate through, Words reason) => Refusal.AllOf([.. Wrong(from, through, reason)]);

    private static IEnumerable<Refusal> Wrong(LocalDate from, LocalDate through, Words reason)
    {
        if (!SiteTime.Reaches(from))
            yield return DateOut("from");
        if (!SiteTime.Reaches(through))
            yield return DateOut("through");
        else if (through < from)
            yield return new("ends_before_it_starts", new(
                "The last day can’t be before the first.", "Der letzte Tag darf nicht vor dem ersten liegen."))
            { Field = "through" };
        else if (SiteTime.Reaches(from) && Period.DaysBetween(from, through) >= DaysMax)
            yield return new("too_long",
                new($"Close at most {DaysMax} days at once.", $"Schließen Sie höchstens {DaysMax} Tage auf einmal.",
                    $"Schließe höchstens {DaysMax} Tage auf einmal."))
            { Field = "through" };
        foreach (var wrong in WrongReason(reason))
            yield return wrong;
    }

    /// <summary>What is wrong with the reason; empty if nothing is.</summary>
    public static IEnumerable<Refusal> WrongReason(Words reason)
    {
        if (reason.English.Length == 0)
            yield return ReasonMissing;
        if (reason.English.Length > Closure.ReasonMax || reason.German.Length > Closure.ReasonMax)
            yield return new("reason_too_long", new(
                $"Use at most {Closure.ReasonMax} characters.", $"Höchstens {Closure.ReasonMax} Zeichen sind möglich."))
            { Field = "reasonGerman" };
    }

    private static Refusal DateOut(string field) => new("date_out_of_range", new(
        $"Enter a year from {SiteTime.YearMin} to {SiteTime.YearMax}.",
        $"Geben Sie ein Jahr von {SiteTime.YearMin} bis {SiteTime.YearMax} an.",
        $"Gib ein Jahr von {SiteTime.YearMin} bis {SiteTime.YearMax} an."))
    { Field = field };

    public static Refusal IsOver { get; } = new("closure_over", new(
        "These days are over. To close other days, close the site again.",
        "Diese Tage sind vorbei. Schließen Sie den Standort für andere Tage neu.",
        "Diese Tage sind vorbei. Schließe den Standort für andere Tage neu."));

    /// <summary>One line each; each half falling back to the other; empty if both are.</summary>
    public static Words Complete(Words reason) => new LocalisedText(TypedText.Line(reason.German), TypedText.Line(reason.English)).Words;

    /// <summary>As activity tells it: site and days.</summary>
    public static string Written(Closure closure) => $"site {closure.SiteId}: {closure.From:uuuu-MM-dd}/{closure.Through:uuuu-MM-dd}";
}
