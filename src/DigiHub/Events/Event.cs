using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Reminders;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Events;

public enum EventStatus { Draft, Published, Cancelled }

public enum EventFormat { InPerson, Online, Hybrid }

/// <summary>
/// Something an organiser invites to. A published event with a room holds the room by claims, set-up and tear-down
/// inside, until it is cancelled. At least one language has a title; the other falls back to it.
/// </summary>
public sealed class Event : IShownLive
{
    public static readonly SubjectKind<Guid> Subject = new("event");

    public const int TitleMax = 120;
    public const int TextMax = 10_000;
    public const int JoinLinkMax = 500;
    public const int SlugMax = 80;
    public const int CapacityMax = 2_000;
    public const int WaitingMax = 2_000;

    public required Guid Id { get; init; }

    /// <summary>The event in addresses; unique, never changed once published.</summary>
    public required string Slug { get; set; }

    public required Guid OrganiserId { get; init; }

    public EventStatus Status { get; set; }

    /// <summary>Never empty for a published event.</summary>
    public LocalisedText Title { get; set; }

    /// <summary>Markdown; sanitised when shown.</summary>
    public LocalisedText Text { get; set; }

    /// <summary>The key of a topic of the hub; null for none.</summary>
    public string? Topic { get; set; }

    public required EventFormat Format { get; set; }

    /// <summary>Where it takes place, or whose zone it keeps if it is online.</summary>
    public required int SiteId { get; set; }

    /// <summary>The room it holds; null while it is online only, or for a draft that has none yet.</summary>
    public int? SpaceId { get; set; }

    /// <summary>https; shown only to the confirmed.</summary>
    public string? JoinLink { get; set; }

    public required LocalDateTime StartLocal { get; set; }

    public required LocalDateTime EndLocal { get; set; }

    public required Instant Start { get; set; }

    public required Instant End { get; set; }

    public int SetUpMinutes { get; set; }

    public int TearDownMinutes { get; set; }

    public required int Capacity { get; set; }

    /// <summary>Null: from publication on.</summary>
    public Instant? RegistrationOpens { get; set; }

    /// <summary>Null: until the start.</summary>
    public Instant? RegistrationCloses { get; set; }

    /// <summary>Rises with every visible change; the ETag of the event.</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>When it was last changed, in whole seconds; rises with every change and never falls.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>Rises with every change of time, place or status.</summary>
    public int CalendarSequence { get; set; }

    public required Instant CreatedAt { get; init; }

    public Instant? PublishedAt { get; set; }

    public Instant? CancelledAt { get; set; }

    /// <summary>The organiser's words to those concerned when it was cancelled.</summary>
    public string? CancelNote { get; set; }

    public List<ReminderRule> ReminderRules { get; init; } = [];

    public LocalSpan LocalSpan => new(StartLocal, EndLocal);

    public Span Span => new(Start, End);

    ShownAt IShownLive.ShownAt => new(Start, End) { SiteId = SiteId };

    /// <summary>The state for a new registration, given the confirmed and the waiting.</summary>
    public RegistrationState RegistrationState(Instant now, int taken, int waiting) => this switch
    {
        { Status: EventStatus.Draft } => Events.RegistrationState.Draft,
        { Status: EventStatus.Cancelled } => Events.RegistrationState.Cancelled,
        _ when now >= Start => Events.RegistrationState.Started,
        _ when now < RegistrationOpens => Events.RegistrationState.NotYetOpen,
        _ when now >= RegistrationCloses => Events.RegistrationState.Closed,
        _ when waiting == 0 && taken < Capacity => Events.RegistrationState.Open,
        _ when waiting < WaitingMax => Events.RegistrationState.WaitingList,
        _ => Events.RegistrationState.Full,
    };

    /// <summary>To be called with every change.</summary>
    internal void Change(Instant now)
    {
        Revision++;
        ChangedAt = LastChange.After(Instant.Max(ChangedAt, CreatedAt), now);
    }

    internal void Cancel(string? note, Instant now)
    {
        (Status, CancelledAt, CancelNote) = (EventStatus.Cancelled, now, note);
        Change(now);
        CalendarSequence++;
    }

    internal void Reinstate(Instant now)
    {
        (Status, CancelledAt, CancelNote) = (EventStatus.Published, null, null);
        Change(now);
        CalendarSequence++;
    }

}

internal sealed class EventTable : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> builder)
    {
        builder.ToTable("events", table => table.HasCheckConstraint("events_not_empty", "start < \"end\""));
        builder.Property(evt => evt.Slug).HasMaxLength(Event.SlugMax).NotPersonal();
        builder.Property(evt => evt.Title).NotPersonal();
        builder.Property(evt => evt.JoinLink).HasMaxLength(Event.JoinLinkMax);
        builder.Property(evt => evt.CancelNote).HasMaxLength(Notifications.Notification.NoteMax);
        builder.Property(evt => evt.Revision).IsConcurrencyToken();
        builder.Ignore(evt => evt.LocalSpan);
        builder.Ignore(evt => evt.Span);
        builder.HasIndex(evt => evt.Slug).IsUnique();
        builder.HasIndex(evt => evt.Start);
        builder.HasIndex(evt => evt.OrganiserId);
        builder.HasOne<Site>().WithMany().HasForeignKey(evt => evt.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Space>().WithMany().HasForeignKey(evt => evt.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Member>().WithMany().HasForeignKey(evt => evt.OrganiserId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(evt => evt.Topic).HasMaxLength(Organisations.Topic.KeyMax);
        builder.HasOne<Topic>().WithMany().HasForeignKey(evt => evt.Topic).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(evt => evt.ReminderRules).WithOne().HasForeignKey(rule => rule.EventId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class EventSet
{
    extension(HubDb db)
    {
        public DbSet<Event> Events => db.Set<Event>();
    }
}
