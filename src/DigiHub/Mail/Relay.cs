using DigiHub.Data;
using DigiHub.Notifications;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Mail;

public enum RelayTrouble
{
    /// <summary>It cannot be reached, or answers "try later" to everything.</summary>
    Away,

    /// <summary>It refuses the hub: the password, the certificate, the sender. Usually the settings must be fixed.</summary>
    Refuses,
}

/// <summary>
/// The state of the mail relay for all processes, one row: whether notifications may leave, and how fast. While it is paused no
/// notification is tried and no attempt is used up. When the pause has run out one process tries it (half-open: PausedSince is still set);
/// the first success ends the pause for all, a failure extends it.
/// </summary>
public sealed class Relay
{
    public const string TheOnly = "relay";
    public const int ReplyMax = Notification.ReplyMax;

    private const int SlowestLevel = 6;
    private static readonly Duration recovery = Duration.FromMinutes(5);
    private static readonly Duration oneComplaint = Duration.FromSeconds(10);

    private static readonly int[] minutesAway = [1, 2, 5];
    private static readonly int[] minutesRefused = [5, 15, 30, 60];

    public string Name { get; init; } = TheOnly;

    /// <summary>Since when nothing could be handed over; null when all is well.</summary>
    public Instant? PausedSince { get; private set; }

    /// <summary>Nobody tries before then.</summary>
    public Instant? PausedUntil { get; private set; }

    /// <summary>One worker tries it after a pause, until then at most.</summary>
    public Instant? TrialUntil { get; private set; }

    public RelayTrouble? Trouble { get; private set; }

    /// <summary>What the relay or the network said. Names no recipient.</summary>
    public string? Reply { get; private set; }

    /// <summary>Pauses in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>How often the relay has recently asked to slow down; each level halves the pace.</summary>
    public int SlowLevel { get; private set; }

    public Instant? SlowedAt { get; private set; }

    /// <summary>Up to which instant notifications are given out: see <see cref="RateLimiter"/>.</summary>
    public Instant GivenUntil { get; set; }

    /// <summary>Only the worker that tries it may send anything.</summary>
    public bool IsPausedAt(Instant now) => PausedUntil > now || TrialUntil > now;

    /// <summary>Unreachable: 1, 2, then 5 minutes; refusing: 5, 15, 30, then 60 minutes.</summary>
    public void Pause(RelayTrouble trouble, string reply, Instant now)
    {
        if (PausedUntil > now)
            return; // another worker has noticed already
        var minutes = trouble == RelayTrouble.Away ? minutesAway : minutesRefused;
        Failures++;
        PausedSince ??= now;
        PausedUntil = now + Duration.FromMinutes(minutes[Math.Min(Failures, minutes.Length) - 1]);
        TrialUntil = null;
        (Trouble, Reply) = (trouble, reply.Length > ReplyMax ? reply[..ReplyMax] : reply);
    }

    public void TryUntil(Instant until) => TrialUntil = until;

    public void Resume()
    {
        (PausedSince, PausedUntil, TrialUntil, Trouble, Reply) = (null, null, null, null, null);
        Failures = 0;
    }

    /// <summary>It asked to slow down: half the pace for all. Requests within ten seconds count once.</summary>
    public void SlowDown(Instant now)
    {
        if (SlowedAt is { } last && now - last < oneComplaint)
            return;
        SlowLevel = Math.Min(SlowestLevel, SlowLevelAt(now) + 1);
        SlowedAt = now;
    }

    /// <summary>
    /// From 0 (full pace) to 6 (a 64th of it: slow never means stop); a level less for each five minutes without complaint.
    /// </summary>
    public int SlowLevelAt(Instant now) =>
        SlowedAt is { } since ? Math.Clamp(SlowLevel - (int)((now - since) / recovery), 0, SlowestLevel) : 0;
}

/// <summary>
/// How many notifications one recipient domain was given of late. A row older than its pace means nothing and is deleted.
/// </summary>
public sealed class DomainPace
{
    public const int DomainMax = 254;

    /// <summary>In small letters.</summary>
    public required string Domain { get; init; }

    public Instant GivenUntil { get; set; }
}

internal sealed class RelayTable : IEntityTypeConfiguration<Relay>
{
    public void Configure(EntityTypeBuilder<Relay> builder)
    {
        builder.ToTable("relays");
        builder.HasKey(relay => relay.Name);
        builder.Property(relay => relay.Name).HasMaxLength(10);
        builder.Property(relay => relay.Reply).HasMaxLength(Relay.ReplyMax);
    }
}

internal sealed class DomainPaceTable : IEntityTypeConfiguration<DomainPace>
{
    public void Configure(EntityTypeBuilder<DomainPace> builder)
    {
        builder.ToTable("domain_paces");
        builder.HasKey(pace => pace.Domain);
        builder.Property(pace => pace.Domain).HasMaxLength(DomainPace.DomainMax);
    }
}

public static class RelaySet
{
    extension(HubDb db)
    {
        public DbSet<Relay> Relays => db.Set<Relay>();

        internal DbSet<DomainPace> DomainPaces => db.Set<DomainPace>();

        /// <summary>As it stands, to look at.</summary>
        public async Task<Relay> RelayNow(CancellationToken stop) =>
            await db.Relays.AsNoTracking().SingleOrDefaultAsync(stop) ?? new Relay();

        /// <summary>Locked, for changes in this transaction.</summary>
        internal async Task<Relay> RelayInTurn(CancellationToken stop)
        {
            await db.AcquireLocks([LockKey.OfRelay], stop);
            if (await db.Relays.SingleOrDefaultAsync(stop) is { } known)
                return known;
            return db.Relays.Add(new Relay()).Entity;
        }
    }
}
