namespace DigiHub.Bench;

/// <summary>
/// What the best peer does, and what the framework and the database alone did beside it, on the machine where all peers
/// were measured (2 cores, November 2026, 16 connections). Machines differ: what carries over is the ratio.
/// </summary>
internal sealed record Peer(string Name, double PerSecond, double GoalPerSecond, double CeilingPerSecond)
{
    /// <summary>The day view of 50 rooms with 200 bookings. Goal: at least 15 times as many; ceiling: an empty endpoint.</summary>
    public static readonly Peer DayPage = new("MRBS", 32, 480, 62_600);

    /// <summary>The availability of 50 desks on a day. Goal: 10 times as many; ceiling: 200 rows as JSON.</summary>
    public static readonly Peer DayAvailability = new("Seatsurfing", 209, 2_000, 18_700);

    /// <summary>A booking. Goal: 10 times as many; ceiling: the database's own insert under the overlap constraint.</summary>
    public static readonly Peer Booking = new("Seatsurfing", 194, 1_900, 11_700);

    /// <summary>The share of the ceiling that must be reached.</summary>
    public double GoalShare => GoalPerSecond / CeilingPerSecond;
}
