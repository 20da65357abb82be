using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Notifications;

public enum NotificationType
{
    SignInLink,
    BookingConfirmed,
    BookingMoved,
    BookingCancelled,
    BookingReminder,

    /// <summary>A site was closed on days on which its reader has bookings, or is open on them after all.</summary>
    SiteClosure,
    RegistrationConfirmed,
    RegistrationWaiting,
    RegistrationPromoted,
    RegistrationCancelled,

    /// <summary>The day before, to those who still wait: it did not work out so far, they stand by.</summary>
    RegistrationStandBy,
    EventReminder,
    EventChanged,
    EventCancelled,

    /// <summary>All that a member has on one day, at all sites, for who asked for it; stands in for the reminders of the day before.</summary>
    DayDigest,

    /// <summary>Whoever reads it presses a link, and so the address is proven good: to a corrected address, or to one that did not work.</summary>
    AddressToConfirm,

    /// <summary>A calendar program said "declined" in somebody's name: the person is asked whether they mean it.</summary>
    DeclineToConfirm,

    /// <summary>To administrators: something is wrong with the notifications themselves, and what to do.</summary>
    Alarm,

    /// <summary>To the address that a member's account is to have: it counts once they press the link.</summary>
    AccountAddressToConfirm,

    /// <summary>To the address that a member's account had until now.</summary>
    AccountAddressChanged,

    /// <summary>To whoever set it up: an endpoint of webhooks is told nothing any more.</summary>
    WebhookStopped,

    /// <summary>To a member: a token for programs or a calendar address was made in their name.</summary>
    TokenMade,

    /// <summary>To the address that a guest gave: their place is held until they press the link.</summary>
    RegistrationToConfirm,
}

/// <summary>
/// Why somebody gets a notification, and so what happens when nobody knows whether it went out.
/// <para>The line broke between the end of DATA and the relay's answer, and we saw it: service notifications (confirmations, changes,
/// cancellations, links) are sent once more under the same Message-ID (at least once); reminders and their like are not (at most once), for
/// most relays have taken the notification by then, and a reminder twice annoys more than one missed.</para>
/// <para>Our own process died between the end of DATA and the recorded answer: it could not even notice. Notifications of all classes are then sent
/// once more under the same Message-ID: nobody misses a notification because a machine was restarted. Whatever died before is sent again without
/// any doubt, because a relay takes no notification whose end is missing.</para>
/// <para>A second uncertainty is final for all: nobody gets a notification three times.</para>
/// </summary>
public enum NotificationClass { Service, Reminder }

public enum NotificationState
{
    /// <summary>Waits until it is due.</summary>
    Planned,

    /// <summary>A worker has it in hand; nothing has left the house. Another may take it up when the claim has grown old.</summary>
    Leased,

    /// <summary>The relay has it but for the recorded answer, since ClaimedAt. If this gets old, nobody knows whether it went out.</summary>
    Sending,
    Sent,

    /// <summary>Was sent, and came back: somebody on the way could not deliver it; Reason says why.</summary>
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
/// One recipient never gets two letters of one purpose.
/// </summary>
public sealed class Notification
{
    public const int PurposeMax = 160;
    public const int ReasonMax = 300;

    public required Guid Id { get; init; }

    public required NotificationType Kind { get; init; }

    /// <summary>
    /// What the notification is for, down to the revision or the instant it was computed for: "booking-moved:(id):3",
    /// "event-reminder:(registration):(rule):(start)". Unique with the recipient's address, however that is spelled.
    /// </summary>
    public required string Purpose { get; init; }

    /// <summary>Null once it is forgotten.</summary>
    public required PersonName? RecipientName { get; init; }

    /// <summary>By which the name is found; empty once it is forgotten. An update of rows that changes the name sets both.</summary>
    public string NameKey { get => RecipientName?.SearchKey ?? ""; private init => _ = value; }

    /// <summary>As its owner spells it: what stands in the mail; null once it is forgotten. Addresses are looked up and compared by <see cref="NormalizedEmail"/>.</summary>
    public required EmailAddress? RecipientEmail { get; init; }

    /// <summary>The key of RecipientEmail, or the pseudonym in its place; an update of rows that changes that sets both.</summary>
    public string NormalizedEmail { get => RecipientEmail?.Key ?? pseudonym; private init => pseudonym = value; }

    private readonly string pseudonym = "";

    public required Language Language { get; init; }

    public Guid? MemberId { get; init; }

    public Guid? BookingId { get; init; }

    public Guid? EventId { get; init; }

    public Guid? RegistrationId { get; init; }

    public Guid? SignInLinkId { get; init; }

    /// <summary>For a notification by which an address is confirmed: of a registration, or of an account.</summary>
    public Guid? AddressCheckId { get; init; }

    /// <summary>For an event's reminder: the rule it was armed by.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>The site whose clock and quiet hours the notification keeps; null for those that leave at once at any hour.</summary>
    public int? SiteId { get; init; }

    /// <summary>For a reminder by days: how many before; null for one by hours and for all other letters.</summary>
    public int? DaysBefore { get; init; }

    /// <summary>The start the notification was computed for; a reminder whose thing starts at another time is stale.</summary>
    public Instant? ScheduledForStart { get; init; }

    /// <summary>For a notification about how a booking stands: the SEQUENCE the booking had when it was written; one of an older state is stale.</summary>
    public int? CalendarSequence { get; init; }

    /// <summary>What its calendar part tells, kept from the moment it begins to leave; null: it has none, or nobody has begun to deliver it.</summary>
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

    /// <summary>When the worker that has it took it, and then when it began to hand it over: proof that it is still that worker's.</summary>
    public Instant? LeasedAt { get; set; }

    /// <summary>When it last became uncertain whether it went out: the line or a process died while it was handed over.</summary>
    public Instant? UncertainAt { get; set; }

    /// <summary>How many hand-overs ended so.</summary>
    public int UncertainCount { get; set; }

    public Instant? SentAt { get; set; }

    /// <summary>The notification in whose mail it goes or went out; null for one with a mail of its own.</summary>
    public Guid? CarriedBy { get; set; }

    /// <summary>The notifications that this one's mail tells of beside its own; set by who delivers it, kept in their rows. Null: not looked for yet.</summary>
    public IReadOnlyList<Notification>? Carries { get; set; }

    /// <summary>When it came back.</summary>
    public Instant? BouncedAt { get; set; }

    public string? SmtpReply { get; set; }

    public string? Reason { get; set; }

    /// <summary>When the recipient's name and address and the note were erased, by the time limit; null as long as they stand.</summary>
    public Instant? ForgottenAt { get; set; }

    public NotificationClass Class => Kind.Class;

    /// <summary>The row as it stands once its hand-over has begun.</summary>
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
        builder.Property(notification => notification.Purpose).HasMaxLength(Notification.PurposeMax);
        builder.Property(notification => notification.Note).HasMaxLength(Notification.NoteMax);
        builder.Property(notification => notification.SmtpReply).HasMaxLength(Notification.ReasonMax);
        builder.Property(notification => notification.Reason).HasMaxLength(Notification.ReasonMax);
        builder.Property(notification => notification.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        builder.HasIndex(notification => new { notification.Purpose, notification.NormalizedEmail }).IsUnique();
        // The sweep asks every minute among millions of rows, of which hardly any wait.
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
        builder.HasIndex(notification => notification.RegistrationId);
        builder.HasIndex(notification => notification.BookingId);
        builder.HasIndex(notification => notification.EventId);
    }
}

public static class NotificationSet
{
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
        /// <summary>Not yet on their way, so they can still be withdrawn; one that a worker has in hand among them.</summary>
        public IQueryable<Notification> NotYetLeaving() => notifications.Where(notification =>
            notification.State == NotificationState.Planned || notification.State == NotificationState.Retry || notification.State == NotificationState.Leased
            || notification.State == NotificationState.Carried);

        /// <param name="part">Of a recipient's name (see <see cref="SearchText"/>) or address; what looks for nothing finds all.</param>
        public IQueryable<Notification> ToSomebodyLike(string part)
        {
            if (SearchText.Typed(part) is not { } folded)
                return notifications;
            var key = EmailAddress.KeyOfPart(part);
            return notifications.Where(notification => notification.NormalizedEmail.Contains(key) || notification.NameKey.Contains(folded));
        }

        public IQueryable<Notification> OfReminderClass() => notifications.Where(notification => EF.Constant(NotificationTypeWords.ReminderClass).Contains(notification.Kind));

        /// <summary>Withdraws at once, in the caller's transaction, those that are not yet on their way; says how many.</summary>
        /// <param name="reason">Short, for the row: "cancelled", "moved".</param>
        public Task<int> Withdraw(string reason, CancellationToken stop) => notifications.NotYetLeaving().ExecuteUpdateAsync(
            set => set.SetProperty(notification => notification.State, NotificationState.Cancelled).SetProperty(notification => notification.Reason, reason), stop);

        /// <summary>When the first of those that wait and are due after an instant is due; null if there is none.</summary>
        public Task<Instant?> NextDue(Instant after, CancellationToken stop) => notifications
            .Where(notification => (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry) && notification.NextAttemptAt > after)
            .MinAsync(notification => (Instant?)notification.NextAttemptAt, stop);
    }
}
