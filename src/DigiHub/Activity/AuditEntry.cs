using System.Text.Json;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Activity;

/// <summary>One act of the house: who did what to which thing, when. Never changed; holds ids and times, no personal data.</summary>
public sealed class AuditEntry
{
    public const int ActMax = 60;
    public const int DetailMax = 500;

    public required Guid Id { get; init; }

    public required Instant At { get; init; }

    /// <summary>The member who acted; null for the hub itself or a guest by link.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>thing.verb, as in "booking.moved"; one of those <see cref="Activity.Act"/> declares.</summary>
    public required string Act { get; init; }

    /// <summary>The id of the thing; null where things of its kind have numbers, or where there is only one.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The number of the thing: a closure's, a template's.</summary>
    public int? SubjectNumber { get; init; }

    public string? Detail { get; init; }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.Property(entry => entry.Act).HasMaxLength(AuditEntry.ActMax);
        builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.DetailMax);
        builder.HasIndex(entry => entry.SubjectId);
        builder.HasIndex(entry => entry.SubjectNumber).HasFilter("subject_number IS NOT NULL");
        builder.HasIndex(entry => entry.At);
    }
}

public static class AuditTrail
{
    extension(HubDb db)
    {
        public DbSet<AuditEntry> Audit => db.Set<AuditEntry>();

        /// <summary>Adds the act to the transaction it belongs to.</summary>
        public void Record(Instant at, Guid? actorId, Act<Guid> act, Guid subjectId, string? detail = null) =>
            db.Record(at, actorId, act, subjectId, subjectNumber: null, detail);

        /// <param name="subjectNumber">Known only once a new row is saved.</param>
        public void Record(Instant at, Guid? actorId, Act<int> act, int subjectNumber, string? detail = null) =>
            db.Record(at, actorId, act, subjectId: null, subjectNumber, detail);

        public void Record(Instant at, Guid? actorId, HubAct act, string? detail = null) =>
            db.Record(at, actorId, act, subjectId: null, subjectNumber: null, detail);

        /// <summary>
        /// The names of what this act has changed in a tracked row so far, as a detail: "titleGerman, capacity"; null if nothing. Names
        /// only: what stood and stands there may be personal.
        /// </summary>
        /// <param name="except">What follows from other fields or is no news: instants beside local times, revisions.</param>
        public string? ChangedFields(object row, params string[] except)
        {
            var names = from property in db.Entry(row).Properties
                        where !except.Contains(property.Metadata.Name) && !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue)
                        select JsonNamingPolicy.CamelCase.ConvertName(property.Metadata.Name);
            return string.Join(", ", names) is { Length: > 0 } fields ? fields : null;
        }

        private void Record(Instant at, Guid? actorId, Act act, Guid? subjectId, int? subjectNumber, string? detail) =>
            db.Audit.Add(new AuditEntry
            {
                Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
                At = at,
                ActorId = actorId,
                Act = act.Name,
                SubjectId = subjectId,
                SubjectNumber = subjectNumber,
                Detail = detail?.Length > AuditEntry.DetailMax ? detail[..AuditEntry.DetailMax] : detail,
            });
    }
}
