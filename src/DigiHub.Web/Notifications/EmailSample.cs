using DigiHub.Activity;
using DigiHub.Notifications;

namespace DigiHub.Web.Notifications;

/// <summary>
/// One example of an e-mail, declared by its author: what the gallery shows and what the approved texts are made from. Each type has a
/// usual one; some read otherwise to some people or for some reasons, and have an example for each reading.
/// </summary>
/// <param name="Reading">Part of an address; empty for the usual one.</param>
public sealed record EmailSample(NotificationType Type, Subject Subject, string Reading = "")
{
    /// <summary>To whom or why it reads so; null for the usual one.</summary>
    public Words? Occasion { get; init; }

    public string? Note { get; init; }

    public CalendarTold? Told { get; init; }

    /// <summary>What it tells of beside the rows of <see cref="SampleWorld"/>.</summary>
    public IReadOnlyList<object> Rows { get; init; } = [];

    /// <summary>What its mail tells of beside its own.</summary>
    public IReadOnlyList<EmailSample> Carries { get; init; } = [];

    /// <summary>What a calendar part says that invites.</summary>
    public static CalendarTold Invites { get; } = new(Sequence: 7, Facts: "as it stands");

    /// <summary>What a calendar part says that takes the invitation back.</summary>
    public static CalendarTold Withdraws { get; } = new(Sequence: 7, Facts: null);
}
