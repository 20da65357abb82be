namespace DigiHub.Time;

public static class Microseconds
{
    extension(Instant instant)
    {
        /// <summary>In whole microseconds, as both databases keep it: for what is compared for equality after it was stored.</summary>
        public Instant InWholeMicroseconds() => Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / 10 * 10);
    }
}
