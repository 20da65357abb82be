using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings;

/// <summary>How a booking stands.</summary>
public enum BookingStatus
{
    /// <summary>It stands; while <see cref="Booking.ApproveBy"/> is set, it holds its space and waits for approval.</summary>
    Confirmed,
    Cancelled,

    /// <summary>Nobody checked in, so the rest of its time went to others.</summary>
    Released,

    /// <summary>Who decides said no.</summary>
    Declined,

    /// <summary>Nobody decided in time.</summary>
    Lapsed,
}

/// <summary>Where a booking stands at one moment: what is upcoming can be moved, what is running only ended, the rest only read.</summary>
public enum BookingStage { Upcoming, Running, Over, Cancelled, Released }

/// <summary>How somebody checked in.</summary>
public enum CheckInWay
{
    /// <summary>By booking when check-in was open already.</summary>
    Booking,

    /// <summary>On a page of the hub, signed in.</summary>
    Page,

    /// <summary>By the link of an e-mail.</summary>
    Link,

    /// <summary>By the code at the desk or room.</summary>
    Code,

    /// <summary>On the screen at the room's door.</summary>
    Door,

    /// <summary>At the front desk, or by somebody else who books for others.</summary>
    FrontDesk,

    /// <summary>By a program.</summary>
    Program,
}

/// <summary>
/// A space held for one member from Start until, but not at, End. The local times at the site are what was agreed; the
/// instants are derived from them. Until it is cancelled or released it holds a claim on every unit of its space.
/// </summary>
public sealed class Booking : IShownLive
{
    public static readonly SubjectKind<Guid> Subject = new("booking");

    public const int TitleMax = 120;

    ShownAt IShownLive.ShownAt => new(Start, End) { SiteId = SiteId };

    public required Guid Id { get; init; }

    public required int SpaceId { get; set; }

    public required int SiteId { get; set; }

    /// <summary>
    /// Any of this pool was asked for: until it begins it may move within the pool, never out of it. Null: this very space was asked for.
    /// </summary>
    public int? PoolId { get; set; }

    /// <summary>Whose booking it is.</summary>
    public required Guid MemberId { get; set; }

    /// <summary>Who made it: the member, the front desk for them, or a colleague whose booking it was.</summary>
    public required Guid BookedById { get; init; }

    /// <summary>Private to the member and the front desk.</summary>
    public string? Title { get; set; }

    public required LocalDateTime StartLocal { get; set; }

    public required LocalDateTime EndLocal { get; set; }

    public required Instant Start { get; set; }

    public required Instant End { get; set; }

    public BookingStatus Status { get; set; }

    /// <summary>Its reminders follow what the member usually wants, and change with that.</summary>
    public bool RemindsAsUsual { get; set; }

    /// <summary>Minutes before Start at which a reminder goes out; null for none.</summary>
    public int? ReminderMinutesBefore { get; set; }

    /// <summary>The time of the day before, on the site's clock, at which a reminder goes out; null for none.</summary>
    public LocalTime? ReminderDayBeforeAt { get; set; }

    public ReminderWish ReminderWish => new(ReminderMinutesBefore, ReminderDayBeforeAt);

    /// <summary>SEQUENCE of its calendar entry; rises with every change of time, place, status or member.</summary>
    public int CalendarSequence { get; set; }

    /// <summary>Rises with every change; the ETag of the booking.</summary>
    public int Revision { get; set; } = 1;

    public required Instant CreatedAt { get; init; }

    /// <summary>When its calendar entry last changed, the title included, in whole seconds; never falls.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>When it was cancelled, released, declined, or lapsed.</summary>
    public Instant? CancelledAt { get; set; }

    /// <summary>How many come, where that was said; guests by name may be more (<see cref="Guests.HeadCount"/>).</summary>
    public int? People { get; set; }

    /// <summary>What decided on it, or is to; null: nobody needs to.</summary>
    public Guid? ApprovalId { get; set; }

    /// <summary>Until when it holds its space without approval; null: it needs none, or has it.</summary>
    public Instant? ApproveBy { get; set; }

    /// <summary>The screen at the room's door shows its title and whose it is; else that the room is booked, and no more.</summary>
    public bool ShowsAtDoor { get; internal set; }

    /// <summary>
    /// Taken at the screen of the room's door by somebody who stood there: it is nobody's, and nobody is written to about it. The front
    /// desk can end it.
    /// </summary>
    public bool IsWalkUp { get; init; }

    /// <summary>It holds its space and waits for approval.</summary>
    public bool IsPending => IsStanding && ApproveBy is not null;

    /// <summary>It waited for approval until its time was over; from then on it is nobody's, also before the job has ended it.</summary>
    public bool HasLapsed(Instant now) => IsPending && ApproveBy <= now;

    /// <summary>
    /// Until when its member checks in, by the rules it was booked by; later it is released. Null: they are not asked to.
    /// </summary>
    public Instant? CheckInBy { get; set; }

    /// <summary>Long after it is over the start, which only says that somebody came.</summary>
    public Instant? CheckedInAt { get; private set; }

    public CheckInWay? CheckedInHow { get; private set; }

    /// <summary>When its member said that they come later, which moved <see cref="CheckInBy"/> by <see cref="LaterBy"/>.</summary>
    public Instant? ComesLaterAt { get; private set; }

    /// <summary>So much longer a booking waits for who comes later; once.</summary>
    public static readonly Duration LaterBy = Duration.FromMinutes(15);

    /// <summary>The series it belongs to; null for one by itself.</summary>
    public Guid? SeriesId { get; set; }

    /// <summary>The date of its series that it stands for, wherever it was moved (RECURRENCE-ID).</summary>
    public LocalDate? SeriesDate { get; set; }

    /// <summary>What of it was changed by itself and so does not follow its series.</summary>
    public OwnFields OwnFields { get; internal set; }

    /// <summary>
    /// Of a meeting at two sites: the id of its first part, whose calendar entry, e-mails and reminders speak for both. Null: of none.
    /// </summary>
    public Guid? MeetingId { get; private set; }

    /// <summary>Its first part speaks for it.</summary>
    public bool IsSecondPart => MeetingId is { } firstId && firstId != Id;

    public bool IsStanding => Status == BookingStatus.Confirmed;

    /// <summary>
    /// By its member and their delegates, and by who books for others at its site; what <see cref="BookingSet.ChangeableBy"/> asks of the
    /// database.
    /// </summary>
    public bool MayBeChangedBy(Viewer viewer) => viewer.IsOrActsFor(MemberId) || viewer.May(Permission.BookForOthers, SiteId);

    public LocalSpan LocalSpan => new(StartLocal, EndLocal);

    public Span Span => new(Start, End);

    /// <summary>
    /// Sets the times and the space; the caller updates the claims. One of a series has them by itself from then on, and what an
    /// administrator moves out of a pool is of the very space then.
    /// </summary>
    internal void MoveTo(Space space, LocalSpan local, Span span, Instant now)
    {
        Own((local != LocalSpan ? OwnFields.Times : default) | (space.Id != SpaceId ? OwnFields.Space : default));
        Place(space, local, span, now);
    }

    /// <summary>The same as its series does, but for what is its own.</summary>
    internal void MoveWithSeries(Space space, LocalSpan local, Span span, OwnFields own, Instant now)
    {
        OwnFields = own;
        Place(space, local, span, now);
    }

    private void Place(Space space, LocalSpan local, Span span, Instant now)
    {
        var (starts, isElsewhere) = (span.Start != Start, space.Id != SpaceId);
        if (space.Id != SpaceId && space.PoolId != PoolId)
            PoolId = null;
        (SpaceId, SiteId) = (space.Id, space.SiteId);
        (StartLocal, EndLocal) = local;
        (Start, End) = span;
        if (starts)
            AskToCheckIn(space, now);
        else if (isElsewhere)
            CheckInBy = space.Rules.CheckInBy(span) + (ComesLaterAt is null ? Duration.Zero : LaterBy);
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>
    /// It has its times: its member is asked to check in if the rules of the space say so, and has done so where that is open already.
    /// </summary>
    internal void AskToCheckIn(Space space, Instant now)
    {
        (CheckedInAt, CheckedInHow, ComesLaterAt) = (null, null, null);
        CheckInBy = space.Rules.CheckInBy(Span);
        if (CheckInBy is not null && now >= Start - Duration.FromMinutes(space.Rules.CheckInOpensMinutes))
            (CheckedInAt, CheckedInHow) = (now, CheckInWay.Booking);
    }

    /// <summary>Who took it at the door says until then that they use it, or it is released, whatever the rules ask of bookings.</summary>
    internal void AskToCheckInBy(Instant by) => CheckInBy = by;

    /// <summary>Its member is asked to check in and has not yet, and there is still something of it left.</summary>
    public bool IsToCheckIn(Instant now) => IsStanding && ApproveBy is null && CheckInBy is not null && CheckedInAt is null && now < End;

    internal void CheckIn(CheckInWay how, Instant now)
    {
        (CheckedInAt, CheckedInHow) = (now, how);
        Revision++;
    }

    internal void ComeLater(Instant now)
    {
        (CheckInBy, ComesLaterAt) = (CheckInBy + LaterBy, now);
        Revision++;
    }

    /// <summary>Nobody came. What calendars show of it ends as if it was cancelled.</summary>
    internal void Release(Instant now)
    {
        (Status, CancelledAt) = (BookingStatus.Released, now);
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>The caller raises the revision where it was there before.</summary>
    internal void Await(Approvals.Approval approval) => (ApprovalId, ApproveBy) = (approval.Id, approval.LapsesAt);

    /// <summary>How many come; the caller tells whom it concerns.</summary>
    internal void ComeAs(int? people)
    {
        People = people;
        Revision++;
    }

    /// <summary>What its calendar shows is other than before, though its time and place are not: it waits for approval.</summary>
    internal void Reschedule(Instant now) =>
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));

    /// <summary>Who moved it may approve it, or nobody needs to where it is now; the caller raises the revision.</summary>
    internal void NeedNoApproval() => ApproveBy = null;

    internal void Approve(Instant now)
    {
        ApproveBy = null;
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>Its space has left the pool, and it stays there.</summary>
    internal void LeavePool()
    {
        PoolId = null;
        Revision++;
    }

    internal void Cancel(Instant now) => EndAs(BookingStatus.Cancelled, now);

    /// <summary>It stands no longer: cancelled, declined or lapsed.</summary>
    internal void EndAs(BookingStatus status, Instant now)
    {
        (Status, CancelledAt) = (status, now);
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>Who brings back what has begun is there.</summary>
    internal void Reinstate(CheckInWay how, Instant now)
    {
        (Status, CancelledAt) = (BookingStatus.Confirmed, null);
        if (CheckInBy is not null && CheckedInAt is null && now >= Start)
            (CheckedInAt, CheckedInHow) = (now, how);
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>
    /// Makes it another member's, reminded as they usually want it. The title was private to the former, so it goes; the claims stay.
    /// </summary>
    internal void HandTo(Member member, Instant now)
    {
        (MemberId, Title, ShowsAtDoor) = (member.Id, null, false);
        (CheckedInAt, CheckedInHow) = (null, null);
        Remind(ReminderChoice.AsUsual, member);
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>Not part of any notification; the title is visible in the member's calendar feed.</summary>
    internal void Note(string? title, ReminderChoice choice, Member member, Instant now)
    {
        Own((title != Title ? OwnFields.Title : default) | (choice != ReminderChoice.Of(this) ? OwnFields.Reminder : default));
        NoteAsSeries(title, choice, member, OwnFields, now);
    }

    /// <summary>The same as its series does, but for what is its own.</summary>
    internal void NoteAsSeries(string? title, ReminderChoice choice, Member member, OwnFields own, Instant now)
    {
        OwnFields = own;
        if (title != Title)
            (Title, ChangedAt) = (title, Changed(now));
        Remind(choice, member);
        Revision++;
    }

    /// <summary>Whether the screen at the door tells of it; no calendar shows that.</summary>
    internal void ShowAtDoor(bool shows)
    {
        ShowsAtDoor = shows;
        Revision++;
    }

    internal void Remind(ReminderChoice choice, Member member)
    {
        RemindsAsUsual = choice.Own is null;
        (ReminderMinutesBefore, ReminderDayBeforeAt) = choice.For(member);
    }

    /// <summary>
    /// It becomes one date of a series; what differs stays its own. Its calendar entry is the series' from then on, so the one it had is
    /// withdrawn by a higher SEQUENCE.
    /// </summary>
    internal void JoinSeries(BookingSeries series, LocalDate date, bool hasUsualTimes, Instant now)
    {
        (SeriesId, SeriesDate) = (series.Id, date);
        OwnFields = (hasUsualTimes ? default : OwnFields.Times) | (SpaceId == series.SpaceId ? default : OwnFields.Space)
            | (Title == series.Title ? default : OwnFields.Title)
            | (ReminderChoice.Of(this) == series.Reminder ? default : OwnFields.Reminder);
        (Revision, CalendarSequence, ChangedAt) = (Revision + 1, CalendarSequence + 1, Changed(now));
    }

    /// <summary>Both are one meeting from then on, told by the first.</summary>
    public static void Meet(Booking first, Booking second) => (first.MeetingId, second.MeetingId) = (first.Id, first.Id);

    /// <summary>
    /// Each is a booking by itself from then on. The entry of both had the SEQUENCE of both together, below which the first's may not fall.
    /// </summary>
    internal static void Part(Booking first, Booking second)
    {
        (first.MeetingId, second.MeetingId) = (null, null);
        (first.Revision, first.CalendarSequence) = (first.Revision + 1, first.CalendarSequence + second.CalendarSequence);
        second.Revision++;
    }

    /// <summary>From then on it is a booking by itself.</summary>
    internal void LeaveSeries() => (SeriesId, SeriesDate, OwnFields) = (null, null, default);

    private void Own(OwnFields fields) => OwnFields |= SeriesId is null ? default : fields;

    private Instant Changed(Instant now) => LastChange.After(Instant.Max(ChangedAt, CreatedAt), now);

    public BookingStage StageAt(Instant now) => this switch
    {
        { Status: BookingStatus.Released } => BookingStage.Released,
        { IsStanding: false } => BookingStage.Cancelled,
        _ when HasLapsed(now) => BookingStage.Cancelled,
        _ when now < Start => BookingStage.Upcoming,
        _ when now < End => BookingStage.Running,
        _ => BookingStage.Over,
    };
}

internal sealed class BookingTable : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings", table =>
        {
            table.HasCheckConstraint("bookings_not_empty", "start < \"end\"");
            table.HasCheckConstraint("bookings_of_series", "(series_id IS NULL) = (series_date IS NULL)");
            table.HasCheckConstraint("bookings_of_meeting", "meeting_id IS NULL OR (series_id IS NULL AND pool_id IS NULL)");
        });
        builder.Property(booking => booking.Title).HasMaxLength(Booking.TitleMax);
        builder.Property(booking => booking.Revision).IsConcurrencyToken();
        builder.Ignore(booking => booking.LocalSpan);
        builder.Ignore(booking => booking.Span);
        builder.Ignore(booking => booking.ReminderWish);
        builder.Ignore(booking => booking.IsPending);
        builder.Ignore(booking => booking.IsSecondPart);
        // The job that lets holds lapse looks every minute among all bookings, of which hardly any wait for approval.
        builder.HasIndex(booking => booking.ApproveBy).HasFilter("approve_by IS NOT NULL AND status = 'Confirmed'");
        builder.HasIndex(booking => booking.ApprovalId).HasFilter("approval_id IS NOT NULL");
        builder.HasOne<Approvals.Approval>().WithMany().HasForeignKey(booking => booking.ApprovalId).OnDelete(DeleteBehavior.Restrict);
        // The job that releases looks every minute among all bookings, of which hardly any wait for their member.
        builder.HasIndex(booking => booking.CheckInBy)
            .HasFilter("check_in_by IS NOT NULL AND checked_in_at IS NULL AND status = 'Confirmed'");
        builder.HasIndex(booking => new { booking.MemberId, booking.Start });
        builder.HasIndex(booking => new { booking.SpaceId, booking.Start });
        // A series has one booking a date, whatever became of it: no change of the series makes a second one.
        builder.HasIndex(booking => new { booking.SeriesId, booking.SeriesDate }).IsUnique().HasFilter("series_id IS NOT NULL");
        builder.HasOne<BookingSeries>().WithMany().HasForeignKey(booking => booking.SeriesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(booking => booking.MeetingId).HasFilter("meeting_id IS NOT NULL");
        builder.HasOne<Booking>().WithMany().HasForeignKey(booking => booking.MeetingId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Space>().WithMany().HasForeignKey(booking => booking.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(booking => booking.PoolId).HasFilter("pool_id IS NOT NULL");
        builder.HasOne<Pool>().WithMany().HasForeignKey(booking => booking.PoolId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Member>().WithMany().HasForeignKey(booking => booking.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class BookingSet
{
    extension(HubDb db)
    {
        public DbSet<Booking> Bookings => db.Set<Booking>();
    }

    extension(IQueryable<Booking> bookings)
    {
        /// <summary>
        /// A member sees their own bookings, those of whom they book for, and those of the sites where they see what belongs to others.
        /// </summary>
        public IQueryable<Booking> VisibleTo(Viewer viewer) => bookings.OwnOrAt(viewer, viewer.SitesSeen);

        /// <summary>
        /// A member changes their own bookings, those of whom they book for, and those of the sites where they book for others.
        /// </summary>
        public IQueryable<Booking> ChangeableBy(Viewer viewer) => bookings.OwnOrAt(viewer, viewer.Where(Permission.BookForOthers));

        private IQueryable<Booking> OwnOrAt(Viewer viewer, SiteSet sites)
        {
            var memberId = viewer.MemberId;
            Guid[] others = [.. viewer.ActsFor];
            return sites switch
            {
                { Ids: null } => bookings,
                { Ids: [] } when others.Length == 0 => bookings.Where(booking => booking.MemberId == memberId),
                { Ids: var ids } when others.Length == 0 =>
                    bookings.Where(booking => booking.MemberId == memberId || EF.Parameter(ids).Contains(booking.SiteId)),
                { Ids: var ids } => bookings.Where(booking => booking.MemberId == memberId
                    || EF.Parameter(others).Contains(booking.MemberId) || EF.Parameter(ids).Contains(booking.SiteId)),
            };
        }
    }
}
