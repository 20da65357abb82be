using DigiHub.Notifications;

namespace DigiHub.Web.Notifications;

/// <summary>One line of an e-mail's facts: "When", "Thursday 26 November 2026, 18:00 to 20:00".</summary>
public sealed record EmailFact(string Label, string Text);
