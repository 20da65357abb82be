namespace DigiHub.Web.Letters;

/// <summary>One line of a letter's facts: "When", "Thursday 26 November 2026, 18:00 to 20:00".</summary>
public sealed record LetterFact(string Label, string Text);
