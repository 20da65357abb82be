using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Activity;

/// <summary>
/// One thing that was done: who did what to which thing, when, and what it changed. Written in the act's own commit and never changed, so
/// that the table is one stream of all that happens: "last changed by", the outbox and webhooks read it.
/// <para>Privacy: it holds ids, times, machine words and values of fields that are not personal (<see cref="PersonalFields"/>); no name, no
/// address, no words of a member. So it needs no erasing: an id leads to nobody once the row it is an id of is gone.</para>
/// <para>Retention: as long as the hub, since what was done to whom must still be answerable after
/// years; a row takes some 200 bytes.</para>
/// </summary>
public sealed class ActivityEntry
{
    public const int DetailMax = 500;

    /// <summary>Of version 7, made from <see cref="At"/>: ids ascend as time goes by.</summary>
    public required Guid Id { get; init; }

    public required Instant At { get; init; }

    /// <summary>The member who acted; null for the hub itself or a guest by link.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The member for whom the actor acted; null when it was for themselves, or for nobody in particular.</summary>
    public Guid? OnBehalfOfId { get; init; }

    /// <summary>The name of an <see cref="Activity.Act"/>: "booking.moved".</summary>
    public required string Act { get; init; }

    /// <summary>The name of a <see cref="Activity.SubjectKind"/>; null, with <see cref="SubjectId"/>, for acts on the hub itself.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>What was done to: see <see cref="Activity.Subject"/>.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>
    /// What it changed in the subject's row, as <see cref="FieldChanges"/> writes it; null when it changed none, or the act says it all.
    /// </summary>
    public string? Changes { get; init; }

    /// <summary>A few machine words that the act's name leaves open: a status, a count. Never what somebody typed about a person.</summary>
    public string? Detail { get; init; }

    public Subject? Subject => SubjectKind is { } kind && SubjectId is { } id ? new Subject(kind, id) : null;
}

internal sealed class ActivityTable : IEntityTypeConfiguration<ActivityEntry>
{
    public void Configure(EntityTypeBuilder<ActivityEntry> builder)
    {
        builder.ToTable("activity");
        builder.Property(entry => entry.Act).HasMaxLength(Act.NameMax);
        builder.Property(entry => entry.SubjectKind).HasMaxLength(SubjectKind.NameMax);
        builder.Property(entry => entry.Changes).HasMaxLength(FieldChanges.JsonMax);
        builder.Property(entry => entry.Detail).HasMaxLength(ActivityEntry.DetailMax);
        builder.Ignore(entry => entry.Subject);
        builder.HasIndex(entry => new { entry.SubjectKind, entry.SubjectId, entry.At });
        builder.HasIndex(entry => entry.At);
    }
}
