using DigiHub.Spaces;
using DigiHub.Text;

namespace DigiHub.Setup;

/// <summary>What a set of rules must be.</summary>
internal static class RuleSetRules
{
    public const int SetsMax = 100;

    private const int DayMinutes = 24 * 60;

    /// <summary>Everything that is wrong with it, in one refusal; null if nothing is.</summary>
    public static Refusal? WhyNot(RuleSetDraft draft) => Refusal.AllOf([.. Wrong(draft)]);

    private static IEnumerable<Refusal> Wrong(RuleSetDraft draft)
    {
        var name = draft.Name.Each(TypedText.Line);
        if (name.IsEmpty)
            yield return new("name_missing", new("Enter a name.", "Geben Sie einen Namen ein.",
                "Gib einen Namen ein."))
            { Field = "nameGerman" };
        if (name.Words.German.Length > RuleSet.NameMax || name.Words.English.Length > RuleSet.NameMax)
            yield return new("name_too_long", new(
                $"Use at most {RuleSet.NameMax} characters.", $"Höchstens {RuleSet.NameMax} Zeichen sind möglich."))
            { Field = "nameGerman" };
        if (draft.StepMinutes is not (5 or 15 or 30 or 60))
            yield return new("step_invalid", new("Choose 5, 15, 30 or 60 minutes.", "Wählen Sie 5, 15, 30 oder 60 Minuten.",
                "Wähle 5, 15, 30 oder 60 Minuten."))
            { Field = "stepMinutes" };
        (string Field, int Number, int Min, int Max)[] numbers =
        [
            ("minMinutes", draft.MinMinutes, 5, DayMinutes),
            ("maxMinutes", draft.MaxMinutes, 5, DayMinutes),
            ("maxDays", draft.MaxDays, 1, 31),
            ("noticeMinutes", draft.NoticeMinutes, 0, 30 * DayMinutes),
            ("horizonDays", draft.HorizonDays, 1, 366),
            ("setUpMinutes", draft.SetUpMinutes, 0, 8 * 60),
            ("tearDownMinutes", draft.TearDownMinutes, 0, 8 * 60),
            ("checkInGraceMinutes", draft.CheckInGraceMinutes ?? 5, 5, 4 * 60),
            ("checkInOpensMinutes", draft.CheckInOpensMinutes, 5, 2 * 60),
        ];
        foreach (var (field, number, min, max) in numbers)
            if (number < min || number > max)
                yield return OutOfRange(field, min, max);
        if (draft.MinMinutes > draft.MaxMinutes)
            yield return new("min_above_max", new(
                "The shortest booking can’t be longer than the longest.",
                "Die kürzeste Buchung kann nicht länger sein als die längste."))
            { Field = "minMinutes" };
        else if (draft is { Granularity: Granularity.Minutes, StepMinutes: > 0 }
            && (draft.MinMinutes % draft.StepMinutes != 0 || draft.MaxMinutes % draft.StepMinutes != 0))
            yield return new("off_the_step", new(
                $"Shortest and longest booking must be multiples of {draft.StepMinutes} minutes.",
                $"Kürzeste und längste Buchung müssen Vielfache von {draft.StepMinutes} Minuten sein."))
            { Field = "maxMinutes" };
    }

    public static Refusal OutOfRange(string field, int min, int max) => new("number_out_of_range", new(
        $"Enter a number from {min} to {max}.", $"Geben Sie eine Zahl von {min} bis {max} ein.", $"Gib eine Zahl von {min} bis {max} ein."))
    { Field = field };

    public static Refusal ApproverUnknown(string typed) => new("approver_unknown", new(
        $"There is no account with the address {typed} that can be used.",
        $"Es gibt kein nutzbares Konto mit der Adresse {typed}."))
    { Field = "approvers" };

    public static Refusal TooManyApprovers { get; } = new("too_many_approvers", new(
        $"Name at most {EditRuleSets.ApproversMax} people.", $"Nennen Sie höchstens {EditRuleSets.ApproversMax} Personen.",
        $"Nenne höchstens {EditRuleSets.ApproversMax} Personen."))
    { Field = "approvers" };

    /// <summary>Whether two are called the same, in whichever language: a name leads to one.</summary>
    public static bool SameName(LocalisedText one, LocalisedText other) => FoldedNames(one).Intersect(FoldedNames(other)).Any();

    private static IEnumerable<string> FoldedNames(LocalisedText name) =>
        [SearchText.Fold(name.Words.German), SearchText.Fold(name.Words.English)];

    public static Refusal NameTaken { get; } = new("rules_name_taken", new(
        "There are already rules of this name. Choose another one.", "Regeln dieses Namens gibt es schon. Wählen Sie einen anderen.",
        "Regeln dieses Namens gibt es schon. Wähle einen anderen."))
    { Field = "nameGerman" };

    public static Refusal Unknown(string field) => new("rules_unknown", new(
        "These rules are no longer there. Choose others from the list.",
        "Diese Regeln gibt es nicht mehr. Wählen Sie andere aus der Liste.",
        "Diese Regeln gibt es nicht mehr. Wähle andere aus der Liste."))
    { Field = field };

    public static Refusal TooMany { get; } = new("too_many_rule_sets", new(
        $"A hub has at most {SetsMax} sets of rules.", $"Ein Hub hat höchstens {SetsMax} Regelsätze."));

    public static Refusal Used(int spaces) => new("rules_in_use", spaces == 1
        ? new("1 desk or room has these rules. Give it others first.",
            "1 Platz oder Raum hat diese Regeln. Geben Sie ihm zuerst andere.",
            "1 Platz oder Raum hat diese Regeln. Gib ihm zuerst andere.")
        : new($"{spaces} desks and rooms have these rules. Give them others first.",
            $"{spaces} Plätze und Räume haben diese Regeln. Geben Sie ihnen zuerst andere.",
            $"{spaces} Plätze und Räume haben diese Regeln. Gib ihnen zuerst andere."));

    public static Refusal UsedElsewhere(IReadOnlyList<string> sites) => new("rules_used_elsewhere", new(
        $"These rules also count at {string.Join(", ", sites)}, which you don’t look after. Add rules of your own instead.",
        $"Diese Regeln gelten auch an anderen Standorten, die Sie nicht betreuen: {string.Join(", ", sites)}. "
            + "Legen Sie stattdessen eigene an.",
        $"Diese Regeln gelten auch an anderen Standorten, die du nicht betreust: {string.Join(", ", sites)}. Lege stattdessen eigene an."));
}
