using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Notifications;

public enum NotificationState
{
    /// <summary>Waits until it is due.</summary>
    Planned,

    /// <summary>Leased by a worker; nothing has been sent. Another may take it over when the lease has expired.</summary>
    Leased,

    /// <summary>Being transferred to the relay since LeasedAt. If this gets old, it is unknown whether it went out.</summary>
    Sending,
    Sent,

    /// <summary>Was sent and bounced; Reason says why.</summary>
    Bounced,

    /// <summary>The relay said "later".</summary>
    Retry,

    /// <summary>Goes out inside the e-mail of another notification to the same address, and follows its fate.</summary>
    Carried,

    /// <summary>Given up; Reason says why.</summary>
    Failed,

    /// <summary>Found untrue or too late when its time came; Reason says which.</summary>
    Skipped,

    /// <summary>Withdrawn before its time; Reason says why.</summary>
    Cancelled,
}

/// <summary>
/// A notification to one person: a row, written in the transaction of the act that caused it, delivered by a job afterwards.
/// One recipient never gets two notifications of one purpose.
/// </summary>
public sealed class Notification
{
    public static readonly SubjectKind<Guid> Subject = new("email");

    public const int PurposeMax = 160;
    public const int ReplyMax = 300;

    public required Guid Id { get; init; }

    public required NotificationType Type { get; init; }

    /// <summary>
    /// What the notification is for, down to the revision or the instant it was computed for: "booking_moved:(id):3",
    /// "event_reminder:(registration):(rule):(start)". Unique with the recipient's address, however that is spelled.
    /// </summary>
    public required string Purpose { get; init; }

    /// <summary>Null once it is forgotten.</summary>
    public required PersonName? RecipientName { get; init; }

    /// <summary>By which the name is found; empty once it is forgotten. An update of rows that changes the name sets both.</summary>
    public string NameKey { get => RecipientName?.SearchKey ?? ""; private init => _ = value; }

    /// <summary>
    /// As its owner spells it: what stands in the mail; null once it is forgotten. Addresses are looked up and
    /// compared by <see cref="NormalizedEmail"/>.
    /// </summary>
    public required EmailAddress? RecipientEmail { get; init; }

    /// <summary>The key of RecipientEmail, or the pseudonym in its place; an update of rows that changes that sets both.</summary>
    public string NormalizedEmail { get => RecipientEmail?.Key ?? pseudonym; private init => pseudonym = value; }

    private readonly string pseudonym = "";

    public required Language Language { get; init; }

    /// <summary>The recipient, if they are a member.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The kind of the thing it is about: the name of a <see cref="Activity.SubjectKind"/>.</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>The thing it is about.</summary>
    public Subject About => new(SubjectKind, SubjectId);

    /// <summary>For an event's reminder: the rule it was scheduled by.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>The site whose clock and quiet hours the notification keeps; null for those that leave at once at any hour.</summary>
    public int? SiteId { get; init; }

    /// <summary>For a reminder by days: how many before; null for one by hours and for all other notifications.</summary>
    public int? DaysBefore { get; init; }

    /// <summary>The start the notification was computed for; a reminder whose thing starts at another time is stale.</summary>
    public Instant? ScheduledForStart { get; init; }

    /// <summary>
    /// For a notification about how a booking stands: the SEQUENCE the booking had when it was written; one of an older state is stale.
    /// </summary>
    public int? CalendarSequence { get; init; }

    /// <summary>
    /// What its calendar part tells, kept from the moment it begins to leave; null: it has none, or nobody has begun to deliver it.
    /// </summary>
    public CalendarTold? Told
    {
        get => ToldSequence is { } sequence ? new CalendarTold(sequence, ToldFacts) : null;
        set => (ToldSequence, ToldFacts) = (value?.Sequence, value?.Facts);
    }

    public int? ToldSequence { get; private set; }

    public string? ToldFacts { get; private set; }

    /// <summary>What the notification tells beyond the facts: the old time of a moved booking, the organiser's words. Bounded.</summary>
    public string? Note { get; init; }

    public const int NoteMax = 2_000;

    public required Instant WrittenAt { get; init; }

    public required Instant DueAt { get; init; }

    /// <summary>When it would be due but for the quiet hours; null where they moved nothing.</summary>
    public Instant? MovedFrom { get; init; }

    /// <summary>Later than this it must not go out any more; null: always worth sending.</summary>
    public Instant? NotAfter { get; init; }

    public NotificationState State { get; set; } = NotificationState.Planned;

    /// <summary>When it is tried next; the due time at first.</summary>
    public required Instant NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>When a worker leased it, then when the transfer began; identifies the worker's lease.</summary>
    public Instant? LeasedAt { get; set; }

    /// <summary>When it last became uncertain whether it went out: the connection or a process died during the transfer.</summary>
    public Instant? UncertainAt { get; set; }

    /// <summary>How many transfers ended so.</summary>
    public int UncertainCount { get; set; }

    public Instant? SentAt { get; set; }

    /// <summary>The notification in whose mail it goes or went out; null for one with a mail of its own.</summary>
    public Guid? CarriedBy { get; set; }

    /// <summary>
    /// The notifications that this one's mail tells of beside its own; set by who delivers it, kept in
    /// their rows. Null: not looked for yet.
    /// </summary>
    public IReadOnlyList<Notification>? Carries { get; set; }

    /// <summary>When it came back.</summary>
    public Instant? BouncedAt { get; set; }

    /// <summary>What a mail server said last: the relay to the hand-over, or another one on the way when it sent the mail back.</summary>
    public string? SmtpReply { get; set; }

    /// <summary>Why it is in its state; null where there is nothing to explain.</summary>
    public NotificationReason? Reason { get; set; }

    /// <summary>When the recipient's name and address and the note were erased, by the time limit; null as long as they stand.</summary>
    public Instant? ForgottenAt { get; set; }

    public NotificationClass Class => Type.Class;

    /// <summary>The id of what it is about, if that is of this kind.</summary>
    public Guid? IdOf(SubjectKind<Guid> kind) => SubjectKind == kind.Name ? SubjectId : null;

    /// <summary>One that waits to be sent.</summary>
    /// <param name="writtenAt">Now.</param>
    /// <param name="dueAt">Null: at once.</param>
    /// <param name="revision">
    /// What tells it from others of its type about the same thing to the same address: a revision, a start, a day.
    /// </param>
    /// <param name="purpose">Null: as <see cref="PurposeOf"/> says. See <see cref="Purpose"/>.</param>
    /// <param name="note">See <see cref="Note"/>.</param>
    /// <param name="notAfter">See <see cref="NotAfter"/>.</param>
    /// <param name="siteId">See <see cref="SiteId"/>.</param>
    /// <param name="calendarSequence">See <see cref="CalendarSequence"/>.</param>
    /// <param name="reminder">For one of something that starts.</param>
    public static Notification To(
        Recipient recipient, NotificationType type, Subject subject, Instant writtenAt, Instant? dueAt = null, string? revision = null,
        string? purpose = null, string? note = null, Instant? notAfter = null, int? siteId = null, int? calendarSequence = null,
        ReminderOf? reminder = null) => new()
        {
            Id = Guid.CreateVersion7(writtenAt.ToDateTimeOffset()),
            Type = type,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            Purpose = purpose ?? PurposeOf(type, subject, revision),
            RecipientName = recipient.Name,
            RecipientEmail = recipient.Email,
            Language = recipient.Language,
            MemberId = recipient.MemberId,
            SiteId = siteId,
            RuleId = reminder?.RuleId,
            DaysBefore = reminder?.DaysBefore,
            ScheduledForStart = reminder?.Start,
            MovedFrom = reminder?.MovedFrom,
            CalendarSequence = calendarSequence,
            Note = note,
            WrittenAt = writtenAt,
            DueAt = dueAt ?? writtenAt,
            NotAfter = notAfter,
            NextAttemptAt = dueAt ?? writtenAt,
        };

    /// <summary>"booking_moved:(id):3".</summary>
    public static string PurposeOf(NotificationType type, Subject subject, string? revision) =>
        revision is null ? $"{type}:{subject.Id:N}" : $"{type}:{subject.Id:N}:{revision}";

    /// <summary>The row once its transfer has begun.</summary>
    internal Notification Sending(Instant since)
    {
        var copy = (Notification)MemberwiseClone();
        (copy.State, copy.LeasedAt) = (NotificationState.Sending, since);
        return copy;
    }
}

internal sealed class NotificationTable : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.Property(notification => notification.Type).HasConversion(type => type.Name, name => NotificationType.Of(name))
            .HasMaxLength(NotificationType.NameMax);
        builder.Property(notification => notification.SubjectKind).HasMaxLength(SubjectKind.NameMax);
        builder.Ignore(notification => notification.About);
        builder.Property(notification => notification.Purpose).HasMaxLength(Notification.PurposeMax);
        builder.Property(notification => notification.Note).HasMaxLength(Notification.NoteMax);
        builder.Property(notification => notification.SmtpReply).HasMaxLength(Notification.ReplyMax);
        builder.Property(notification => notification.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        builder.HasIndex(notification => new { notification.Purpose, notification.NormalizedEmail }).IsUnique();
        // The delivery job looks every minute among millions of rows, of which hardly any wait.
        builder.HasIndex(notification => notification.NextAttemptAt).HasFilter("state IN ('Planned', 'Retry')");
        // The outbox lists one state by time: the soonest to go, the latest that failed.
        builder.HasIndex(notification => new { notification.State, notification.NextAttemptAt, notification.Id });
        builder.HasIndex(notification => notification.LeasedAt).HasFilter("state IN ('Leased', 'Sending')");
        builder.HasIndex(notification => notification.DueAt).HasFilter("state = 'Failed'");
        builder.HasIndex(notification => notification.NormalizedEmail);
        builder.HasIndex(notification => new { notification.State, notification.CarriedBy }).HasFilter("carried_by IS NOT NULL");
        builder.HasIndex(notification => notification.BouncedAt).HasFilter("bounced_at IS NOT NULL");
        builder.Ignore(notification => notification.Carries);
        builder.Ignore(notification => notification.Told);
        builder.Property(notification => notification.ToldFacts).HasMaxLength(CalendarTold.FactsMax);
        builder.HasIndex(notification => new { notification.SubjectKind, notification.SubjectId });
    }
}

public static class NotificationSet
{
    private static readonly NotificationType[] reminders =
        [.. NotificationType.All.Where(type => type.Class == NotificationClass.Reminder)];

    extension(HubDb db)
    {
        public DbSet<Notification> Notifications => db.Set<Notification>();

        /// <summary>Puts the notification into this transaction and has the jobs signalled for after its commit.</summary>
        public void Write(Notification notification)
        {
            db.Notifications.Add(notification);
            db.LeavesWork = true;
        }
    }

    extension(IQueryable<Notification> notifications)
    {
        /// <summary>Not yet sent, so they can still be withdrawn; leased ones included.</summary>
        public IQueryable<Notification> NotYetLeaving() => notifications.Where(notification =>
            notification.State == NotificationState.Planned || notification.State == NotificationState.Retry
                || notification.State == NotificationState.Leased
            || notification.State == NotificationState.Carried);

        /// <param name="part">Of a recipient's name (see <see cref="SearchText"/>) or address; what looks for nothing finds all.</param>
        public IQueryable<Notification> ToSomebodyLike(string part)
        {
            if (SearchText.Typed(part) is not { } folded)
                return notifications;
            var key = EmailAddress.KeyOfPart(part);
            return notifications.Where(notification => notification.NormalizedEmail.Contains(key) || notification.NameKey.Contains(folded));
        }

        public IQueryable<Notification> About(Subject subject)
        {
            var (kind, id) = subject;
            return notifications.Where(notification => notification.SubjectKind == kind && notification.SubjectId == id);
        }

        public IQueryable<Notification> OfReminderClass() =>
            notifications.Where(notification => EF.Constant(reminders).Contains(notification.Type));

        /// <summary>Withdraws at once, in the caller's transaction, those that are not yet on their way; says how many.</summary>
        public Task<int> Withdraw(NotificationReason reason, CancellationToken stop) => notifications.NotYetLeaving().ExecuteUpdateAsync(
            set => set.SetProperty(notification => notification.State, NotificationState.Cancelled)
                .SetProperty(notification => notification.Reason, (NotificationReason?)reason), stop);

        /// <summary>When the first of those that wait and are due after an instant is due; null if there is none.</summary>
        public Task<Instant?> NextDue(Instant after, CancellationToken stop) => notifications
            .Where(notification => (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry)
                && notification.NextAttemptAt > after)
            .MinAsync(notification => (Instant?)notification.NextAttemptAt, stop);
    }
}
