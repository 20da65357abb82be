using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Access;

/// <summary>
/// A member has made another one their delegate, who books, changes and cancels for them, within their limits. One for each two members;
/// either ends it.
/// </summary>
public sealed class Delegation
{
    public static readonly SubjectKind<Guid> Subject = new("delegation");

    /// <summary>So many delegates a member has at most.</summary>
    public const int PerMemberMax = 20;

    public required Guid Id { get; init; }

    /// <summary>Whose bookings it is about.</summary>
    public required Guid MemberId { get; init; }

    public required Guid DelegateId { get; init; }

    /// <summary>The delegate also reads what the bookings are for.</summary>
    public bool SeesTitles { get; set; }

    public required Instant GrantedAt { get; init; }

    /// <summary>The last day, on the clock of the hub's first site; null: without end.</summary>
    public LocalDate? Through { get; private set; }

    /// <summary>The end of that day: from then on it is void.</summary>
    public Instant? EndsAt { get; private set; }

    /// <param name="day">The last day; null: without end.</param>
    /// <param name="time">The clock on which it ends.</param>
    public void HoldThrough(LocalDate? day, SiteTime time) => (Through, EndsAt) = (day, day is { } last ? time.DayOf(last).End : null);
}

internal sealed class DelegationTable : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> builder)
    {
        builder.ToTable("delegations");
        builder.HasIndex(one => new { one.MemberId, one.DelegateId }).IsUnique();
        builder.HasIndex(one => one.DelegateId);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.DelegateId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class DelegationSet
{
    extension(HubDb db)
    {
        public DbSet<Delegation> Delegations => db.Set<Delegation>();

        /// <summary>For whom this member acts now.</summary>
        public async Task<IReadOnlyList<ActingFor>> ActingFor(Guid delegateId, Instant now, CancellationToken stop) =>
            await db.Delegations.InForce(now).Where(one => one.DelegateId == delegateId)
                .Select(one => new ActingFor(one.MemberId, one.SeesTitles)).ToListAsync(stop);
    }

    extension(IQueryable<Delegation> delegations)
    {
        public IQueryable<Delegation> InForce(Instant now) => delegations.Where(one => one.EndsAt == null || one.EndsAt > now);
    }
}
