using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Mail;

/// <summary>Which notifications an address gets no more.</summary>
public enum SuppressionScope
{
    /// <summary>All, except those by which a person can lift it: sign-in links and the confirmation of an address.</summary>
    Everything,

    /// <summary>Whatever is not about the person's own acts: reminders, and any class like them.</summary>
    Reminders,
}

public enum SuppressionReason
{
    /// <summary>There is no such mailbox: once is enough.</summary>
    HardBounce,

    /// <summary>Refused for good several times within <see cref="BounceRecord.Kept"/>, each time for another reason than that.</summary>
    RepeatedBounces,

    /// <summary>Its reader told their provider that our notifications are unwanted (RFC 5965).</summary>
    Complaint,

    /// <summary>Its reader wants none, of no event.</summary>
    Unsubscribed,

    ByStaff,
}

/// <summary>
/// An address that gets no e-mails of a scope, why, and since when. One row for an address and scope; lifting it removes the row.
/// </summary>
public sealed class Suppression
{
    public static readonly SubjectKind<Guid> Subject = new("suppression");

    public const int AddressMax = 254;
    public const int DiagnosticMax = 300;

    public required Guid Id { get; init; }

    /// <summary>The key of the address (<see cref="EmailAddress.Key"/>).</summary>
    public required string NormalizedEmail { get; init; }

    public required SuppressionScope Scope { get; init; }

    public required SuppressionReason Reason { get; init; }

    public required Instant Since { get; init; }

    /// <summary>
    /// The server's reply, or the note of the administrator who added it; may name the address, so it is shown to staff only.
    /// </summary>
    public string? Diagnostic { get; init; }

    /// <summary>
    /// The notification that was refused, came back or was complained of; null where it was none. Its row goes before this one.
    /// </summary>
    public Guid? NotificationId { get; init; }

    /// <summary>True where an arriving notification disproves the reason; people's decisions are only lifted by people.</summary>
    public bool IsLiftedByConfirming => Reason is SuppressionReason.HardBounce or SuppressionReason.RepeatedBounces;
}

internal sealed class SuppressionTable : IEntityTypeConfiguration<Suppression>
{
    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable("suppressions");
        builder.Property(one => one.NormalizedEmail).HasMaxLength(Suppression.AddressMax);
        builder.Property(one => one.Diagnostic).HasMaxLength(Suppression.DiagnosticMax);
        builder.HasIndex(one => new { one.NormalizedEmail, one.Scope }).IsUnique();
    }
}

public static class SuppressionSet
{
    extension(HubDb db)
    {
        public DbSet<Suppression> Suppressions => db.Set<Suppression>();

        /// <summary>
        /// Suppresses an address, in the caller's transaction. The first reason stays: false if it was suppressed before. Notifications
        /// that are planned stay so and are checked when due, so that lifting it brings back those still to come.
        /// </summary>
        public Task<bool> Suppress(
            EmailAddress email, SuppressionScope scope, SuppressionReason reason,
            Instant now, string? diagnostic, CancellationToken stop) =>
            db.Suppress(email, scope, reason, now, diagnostic, notificationId: null, stop);

        /// <param name="notificationId">The notification that gave the reason.</param>
        public async Task<bool> Suppress(
            EmailAddress email, SuppressionScope scope, SuppressionReason reason,
            Instant now, string? diagnostic, Guid? notificationId, CancellationToken stop)
        {
            var normalized = email.Key;
            await db.AcquireLocks([LockKey.OfAddress(normalized)], stop);
            var known = db.Suppressions;
            if (known.Local.Any(one => one.NormalizedEmail == normalized && one.Scope == scope)
                || await known.AnyAsync(one => one.NormalizedEmail == normalized && one.Scope == scope, stop))
                return false;

            known.Add(new Suppression
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                NormalizedEmail = normalized,
                Scope = scope,
                Reason = reason,
                Since = now,
                Diagnostic = TypedText.Line(diagnostic, Suppression.DiagnosticMax),
                NotificationId = notificationId,
            });
            return true;
        }

        /// <summary>
        /// Lets the address have notifications of the scope again, in the caller's transaction, and forgets what was
        /// counted against it. False if it had them.
        /// </summary>
        public Task<bool> LiftSuppression(EmailAddress email, SuppressionScope scope, CancellationToken stop) =>
            db.LiftSuppressionOf(email.Key, scope, stop);

        /// <param name="normalized">As the row has it.</param>
        /// <inheritdoc cref="LiftSuppression"/>
        public async Task<bool> LiftSuppressionOf(string normalized, SuppressionScope scope, CancellationToken stop)
        {
            await db.AcquireLocks([LockKey.OfAddress(normalized)], stop);
            if (scope == SuppressionScope.Everything)
                await db.BounceRecords.Where(fault => fault.NormalizedEmail == normalized).ExecuteDeleteAsync(stop);
            return await db.Suppressions.Where(one => one.NormalizedEmail == normalized && one.Scope == scope).ExecuteDeleteAsync(stop) > 0;
        }

        /// <summary>
        /// A notification was read at the address, which disproves earlier bounces. People's decisions stay. False if nothing had bounced.
        /// </summary>
        public async Task<bool> LiftBounces(EmailAddress email, CancellationToken stop)
        {
            var normalized = email.Key;
            return await db.Suppressions.AsNoTracking().SingleOrDefaultAsync(
                    one => one.NormalizedEmail == normalized
                        && one.Scope == SuppressionScope.Everything, stop) is { IsLiftedByConfirming: true }
                && await db.LiftSuppression(email, SuppressionScope.Everything, stop);
        }
    }
}
