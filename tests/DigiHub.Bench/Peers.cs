namespace DigiHub.Bench;

/// <summary>
/// What the best peer did on the machine where all peers were measured (2 cores, November 2026, 16 connections). Machines differ: it stands
/// beside our figures to be read, and decides nothing.
/// </summary>
internal sealed record Peer(string Name, double PerSecond)
{
    /// <summary>The day view of 50 rooms with 200 bookings.</summary>
    public static readonly Peer DayPage = new("MRBS", 32);

    /// <summary>The availability of 50 desks on a day.</summary>
    public static readonly Peer DayAvailability = new("Seatsurfing", 209);

    /// <summary>A booking.</summary>
    public static readonly Peer Booking = new("Seatsurfing", 194);
}
