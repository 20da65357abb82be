namespace DigiHub.Mail;

/// <summary>
/// A rate limiter (GCRA). Its whole state is the instant up to which capacity is used: nothing has to refill
/// it, processes share it by sharing a row, and a crash leaves nothing to repair.
/// </summary>
internal static class RateLimiter
{
    /// <summary>What may go at once after a while of silence: ten seconds' worth, at least one.</summary>
    private static readonly Duration burst = Duration.FromSeconds(10);

    /// <summary>How many may go now; none if the pace of one needs more time.</summary>
    /// <param name="between">From one notification to the next at the set pace.</param>
    public static int Free(Instant givenUntil, Duration between, Instant now) =>
        (int)Math.Clamp((now - From(givenUntil, between, now)) / between, 0, int.MaxValue / 2);

    /// <summary>The limiter after so many have been taken.</summary>
    public static Instant Take(Instant givenUntil, Duration between, int count, Instant now) =>
        From(givenUntil, between, now) + between * count;

    private static Instant From(Instant givenUntil, Duration between, Instant now) =>
        Instant.Max(givenUntil, now - Duration.Max(burst, between));
}
