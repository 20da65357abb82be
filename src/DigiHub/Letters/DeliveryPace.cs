namespace DigiHub.Letters;

/// <summary>How letters are delivered: how many in hand, how many at once, and when a worker is taken for dead.</summary>
public sealed record DeliveryPace
{
    /// <summary>Letters claimed at a time by one worker.</summary>
    public int InHandMax { get; init; } = 100;

    /// <summary>Letters under way at the same time in one run; the post's connections.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>A claim older than this is up for anybody. Too short a time costs nothing but work: who lost the claim sends nothing.</summary>
    public Duration ClaimLife { get; init; } = Duration.FromMinutes(2);

    /// <summary>
    /// A hand-over older than this was cut short by the death of its process. Must be well above the post's own time limit,
    /// or a slow letter is taken for a lost one and sent twice.
    /// </summary>
    public Duration HandOverLife { get; init; } = Duration.FromMinutes(10);

    /// <summary>How long all letters wait when the relay is away or refuses the hub.</summary>
    public Duration PauseForRelay { get; init; } = Duration.FromMinutes(1);

    /// <summary>Tries of one letter before it is given up; about two days.</summary>
    public const int AttemptsMax = 20;

    private static readonly int[] minutesBetween = [1, 5, 15, 60, 180];

    /// <summary>The wait after so many failed attempts (from 1): 1, 5, 15, 60 minutes, then 3 hours each.</summary>
    public static Duration WaitAfter(int attempts) =>
        Duration.FromMinutes(minutesBetween[Math.Clamp(attempts, 1, minutesBetween.Length) - 1]);
}
