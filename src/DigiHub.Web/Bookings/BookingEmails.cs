using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Series;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mails about bookings.</summary>
public sealed class BookingEmails(
    Catalogue catalogue, EmailLinks links, Alternatives alternatives, IOptions<HubSettings> settings, IClock clock) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type.IsOneOf(
            BookingNotifications.Confirmed, BookingNotifications.Moved, BookingNotifications.Cancelled, BookingNotifications.Reminder,
            BookingNotifications.Received, BookingNotifications.HandedOver, BookingNotifications.CheckInAsked,
            BookingNotifications.Released, BookingNotifications.Joined, BookingNotifications.Requested, BookingNotifications.Approved,
            BookingNotifications.Declined, BookingNotifications.Lapsed);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var subject = Booking.Subject.Of(world.Booking.Id);
        var (asked, released) = (AskedOf(world), ReleasedOf(world));
        var (waiting, waitingApproval) = WaitingOf(world);
        var (declined, declinedApproval) = DeclinedOf(world);
        var lapsed = LikeThat(world.Booking, lapsedId);
        (lapsed.Status, lapsed.CancelledAt) = (BookingStatus.Lapsed, world.Now);
        var (start, end) = (world.Booking.StartLocal.PlusHours(-1), world.Booking.EndLocal.PlusHours(-1));
        return
        [
            new EmailSample(BookingNotifications.Confirmed, subject) { Told = EmailSample.Invites },
            new EmailSample(BookingNotifications.Moved, subject)
            {
                Told = EmailSample.Invites,
                Note = new LocalSpan(start, end).ToString(),
            },
            new EmailSample(BookingNotifications.Cancelled, subject) { Told = EmailSample.Withdraws },
            new EmailSample(BookingNotifications.Confirmed, Booking.Subject.Of(asked.Id), "check-in")
            {
                Occasion = new("where one checks in", "wo man eincheckt"),
                Told = EmailSample.Invites,
                Rows = [asked],
            },
            new EmailSample(BookingNotifications.Reminder, subject),
            new EmailSample(BookingNotifications.Reminder, Booking.Subject.Of(asked.Id), "check-in")
            {
                Occasion = new("soon before the start, where one checks in", "kurz vor Beginn, wo man eincheckt"),
                Note = BookingNotifications.Asks,
                Rows = [asked],
            },
            new EmailSample(BookingNotifications.CheckInAsked, Booking.Subject.Of(asked.Id)) { Rows = [asked] },
            new EmailSample(BookingNotifications.Released, Booking.Subject.Of(released.Id))
            {
                Told = EmailSample.Withdraws,
                Rows = [released],
            },
            new EmailSample(BookingNotifications.Received, subject) { Told = EmailSample.Invites, Note = $"{world.MemberId:N}" },
            new EmailSample(BookingNotifications.HandedOver, subject)
            {
                Told = EmailSample.Withdraws,
                Note = BookingCalendar.FactsOf(world.Booking),
            },
            new EmailSample(BookingNotifications.Joined, subject) { Told = EmailSample.Withdraws },
            new EmailSample(BookingNotifications.Requested, Booking.Subject.Of(waiting.Id))
            {
                Told = EmailSample.Invites,
                Rows = [waitingApproval, waiting],
            },
            new EmailSample(BookingNotifications.Moved, Booking.Subject.Of(waiting.Id), "approval")
            {
                Occasion = new("where it has to be approved once more", "wo es noch einmal genehmigt werden muss"),
                Told = EmailSample.Invites,
                Note = new LocalSpan(start.PlusDays(1), end.PlusDays(1)).ToString(),
                Rows = [waitingApproval, waiting],
            },
            new EmailSample(BookingNotifications.Approved, subject) { Told = EmailSample.Invites },
            new EmailSample(BookingNotifications.Declined, Booking.Subject.Of(declined.Id))
            {
                Told = EmailSample.Withdraws,
                Rows = [declinedApproval, declined],
            },
            new EmailSample(BookingNotifications.Lapsed, Booking.Subject.Of(lapsed.Id))
            {
                Told = EmailSample.Withdraws,
                Rows = [lapsed],
            },
            .. OfMeetings(world),
            .. TooFar(world),
        ];
    }

    private static IEnumerable<EmailSample> OfMeetings(SampleWorld world)
    {
        var (first, second) = MeetingOf(world, meetingId, secondId);
        var (closed, stays) = MeetingOf(world, closedId, staysId);
        (closed.Status, closed.CancelledAt) = (BookingStatus.Cancelled, world.Now);
        return
        [
            new EmailSample(BookingNotifications.Confirmed, Booking.Subject.Of(first.Id), "meeting")
            {
                Occasion = new("of a meeting at two sites", "einer Besprechung an zwei Standorten"),
                Told = EmailSample.Invites,
                Rows = [first, second],
            },
            new EmailSample(BookingNotifications.Reminder, Booking.Subject.Of(first.Id), "meeting")
            {
                Occasion = new("of a meeting at two sites", "einer Besprechung an zwei Standorten"),
                Rows = [first, second],
            },
            new EmailSample(BookingNotifications.Cancelled, Booking.Subject.Of(closed.Id), "meeting")
            {
                Occasion = new("of one room of a meeting at two sites", "eines Raums einer Besprechung an zwei Standorten"),
                Told = EmailSample.Invites,
                Rows = [closed, stays],
            },
        ];
    }

    /// <summary>On a day that no other example has.</summary>
    private static IEnumerable<EmailSample> TooFar(SampleWorld world)
    {
        if (world.DeskElsewhere.SiteId == world.Booking.SiteId)
            return []; // one site, no way
        var friday = LikeThat(LikeThat(world.Booking, beforeId), beforeId);
        var (before, after) = (LikeThat(friday, beforeId), LikeThat(friday, afterId));
        var length = after.End - after.Start;
        (after.SpaceId, after.SiteId) = (world.DeskElsewhere.SpaceId, world.DeskElsewhere.SiteId);
        (after.StartLocal, after.EndLocal) = (before.EndLocal, before.EndLocal + (before.EndLocal - before.StartLocal));
        (after.Start, after.End, after.CheckInBy) = (before.End, before.End + length, before.End + Duration.FromMinutes(15));
        return
        [
            new EmailSample(BookingNotifications.Confirmed, Booking.Subject.Of(after.Id), "way")
            {
                Occasion = new("too close to another one at another site", "zu knapp nach einer an einem anderen Standort"),
                Told = EmailSample.Invites,
                Rows = [before, after],
            },
        ];
    }

    private static readonly Guid beforeId = new("0198b1a0-0000-7000-8000-00000000b10c");
    private static readonly Guid afterId = new("0198b1a0-0000-7000-8000-00000000b10d");

    private static (Booking First, Booking Second) MeetingOf(SampleWorld world, Guid firstId, Guid otherId)
    {
        var (first, second) = (LikeThat(world.Booking, firstId), LikeThat(world.Booking, otherId));
        (second.SpaceId, second.SiteId) = (world.DeskElsewhere.SpaceId, world.DeskElsewhere.SiteId);
        Booking.Meet(first, second);
        return (first, second);
    }

    private static readonly Guid meetingId = new("0198b1a0-0000-7000-8000-00000000b108");
    private static readonly Guid secondId = new("0198b1a0-0000-7000-8000-00000000b109");
    private static readonly Guid closedId = new("0198b1a0-0000-7000-8000-00000000b10a");
    private static readonly Guid staysId = new("0198b1a0-0000-7000-8000-00000000b10b");

    private static readonly Guid askedId = new("0198b1a0-0000-7000-8000-00000000b101");
    private static readonly Guid releasedId = new("0198b1a0-0000-7000-8000-00000000b102");

    private static readonly Guid waitingId = new("0198b1a0-0000-7000-8000-00000000b103");
    private static readonly Guid declinedId = new("0198b1a0-0000-7000-8000-00000000b104");
    private static readonly Guid lapsedId = new("0198b1a0-0000-7000-8000-00000000b105");
    private static readonly Guid waitingApprovalId = new("0198b1a0-0000-7000-8000-00000000b106");
    private static readonly Guid declinedApprovalId = new("0198b1a0-0000-7000-8000-00000000b107");

    private static (Booking, Approval) WaitingOf(SampleWorld world)
    {
        var approval = ApprovalEmails.ApprovalOf(world, waitingApprovalId, ApprovalState.Waiting);
        var booking = LikeThat(world.Booking, waitingId);
        (booking.ApprovalId, booking.ApproveBy) = (approval.Id, approval.LapsesAt);
        return (booking, approval);
    }

    private static (Booking, Approval) DeclinedOf(SampleWorld world)
    {
        var approval = ApprovalEmails.ApprovalOf(world, declinedApprovalId, ApprovalState.Declined);
        var booking = LikeThat(world.Booking, declinedId);
        (booking.ApprovalId, booking.Status, booking.CancelledAt) = (approval.Id, BookingStatus.Declined, world.Now);
        return (booking, approval);
    }

    private static Booking AskedOf(SampleWorld world) => LikeThat(world.Booking, askedId);

    private static Booking ReleasedOf(SampleWorld world)
    {
        var booking = LikeThat(world.Booking, releasedId);
        (booking.Status, booking.CancelledAt) = (BookingStatus.Released, booking.CheckInBy);
        return booking;
    }

    /// <summary>The same a day later, so that other examples do not tell of it, too.</summary>
    internal static Booking LikeThat(Booking booking, Guid id) => new()
    {
        Id = id,
        SpaceId = booking.SpaceId,
        SiteId = booking.SiteId,
        MemberId = booking.MemberId,
        BookedById = booking.BookedById,
        Title = booking.Title,
        StartLocal = booking.StartLocal.PlusDays(1),
        EndLocal = booking.EndLocal.PlusDays(1),
        Start = booking.Start + Duration.FromDays(1),
        End = booking.End + Duration.FromDays(1),
        CheckInBy = booking.Start + Duration.FromDays(1) + Duration.FromMinutes(15),
        CreatedAt = booking.CreatedAt,
    };

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(known => known.Id == notification.SubjectId, stop);
        if (booking is null)
            return null;
        if (notification.Type == BookingNotifications.HandedOver)
            AsItWas(booking, map, notification.Note);
        if (map.Space(booking.SpaceId) is not { } space)
            return null;

        var isReminder = notification.Type.IsOneOf(BookingNotifications.Reminder, BookingNotifications.CheckInAsked);
        var asks = notification.Type == BookingNotifications.CheckInAsked
            || (isReminder && notification.Note == BookingNotifications.Asks && booking is { CheckInBy: not null, CheckedInAt: null });
        var stopReminders = isReminder && notification.MemberId is { } memberId ? await links.Unsubscribe(memberId, stop) : null;
        var facts = new BookingEmailFacts(
            booking, space, map.PlaceOf(space), links.Booking(booking.Id), BookingEmailFacts.Known(notification.Note), stopReminders)
        {
            Pool = map.Pool(booking.PoolId),
            Coming = asks || notification.Type == BookingNotifications.Released
                ? await links.Coming(notification.Id, answer: null, stop)
                : null,
            From = notification.Type == BookingNotifications.Received && Guid.TryParseExact(notification.Note, "N", out var fromId)
                ? await db.Members.Where(one => one.Id == fromId).Select(one => one.Name).SingleOrDefaultAsync(stop)
                : null,
        };
        if (notification.Type == BookingNotifications.HandedOver)
            facts = facts with { Also = AlsoThen(map, notification.Note) };
        else if (booking.MeetingId is not null)
            facts = await OfMeeting(db, map, facts, notification.Type, stop);
        if (notification.Type.IsOneOf(BookingNotifications.Confirmed, BookingNotifications.Moved))
            facts = facts with { WayLine = await Way(db, map, booking, stop) };
        if (booking.Status is BookingStatus.Declined or BookingStatus.Lapsed)
            facts = await WhyNot(db, facts, stop);
        var entries = await links.Entries(stop);
        var member = notification.Told is null
            ? null
            : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.MemberId, stop);
        return new EmailDraft(EmailSubject.Of(What(notification.Type, facts.Name), booking.StartLocal).In(notification.Language),
            Body(notification.Type), facts)
        {
            About = EmailSubject.Of(facts.Name, booking.StartLocal).In(notification.Language),
            Calendar = notification.Told is not { } told ? null : new EmailCalendar(
                told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
                [
                    Entries.For(member, await Entry(db, booking, notification.Type, new(entries, map, notification.Language), stop)) with
                    {
                        Sequence = told.Sequence,
                        IsCancelled = told.IsWithdrawal,
                    },
                ]),
            Site = map.PlaceOf(space).Site,
            Unsubscribe = stopReminders,
        };
    }

    /// <summary>Why it was declined, and up to three others that are free as the e-mail leaves.</summary>
    private async Task<BookingEmailFacts> WhyNot(HubDb db, BookingEmailFacts facts, CancellationToken stop)
    {
        var booking = facts.Booking;
        var approval = await db.Approvals.AsNoTracking().SingleOrDefaultAsync(one => one.Id == booking.ApprovalId, stop);
        var byId = approval?.DecidedById;
        return facts with
        {
            Reason = approval?.Reason,
            DeclinedBy = await db.Members.Where(one => one.Id == byId).Select(one => one.Name).SingleOrDefaultAsync(stop),
            Others = [.. (await alternatives.Of(facts.Space, booking.LocalSpan, booking.People, stop)).Take(BookingEmailFacts.OthersMax)
                .Select((one, index) => new EmailFact($"{index + 1}", AlternativeWords.Of(one).Here))],
        };
    }

    /// <summary>
    /// What an act on both parts of a meeting changed is told of both. What became of one room alone (nobody came, its site closed, it was
    /// left early) is told of that room, and that the other stays.
    /// </summary>
    private static async Task<BookingEmailFacts> OfMeeting(
        HubDb db, HubDirectory map, BookingEmailFacts facts, NotificationType type, CancellationToken stop)
    {
        var booking = facts.Booking;
        var other = await db.Bookings.AsNoTracking()
            .SingleOrDefaultAsync(one => one.MeetingId == booking.MeetingId && one.Id != booking.Id, stop);
        if (other is null || map.Space(other.SpaceId) is not { } space)
            return facts;
        var room = new MeetingRoomFacts(space, map.PlaceOf(space));
        var isOfBoth = other.Status == booking.Status && other.CancelledAt == booking.CancelledAt && other.Span == booking.Span
            && !type.IsOneOf(BookingNotifications.CheckInAsked, BookingNotifications.Released);
        return isOfBoth ? facts with { Also = room } : !booking.IsStanding && other.IsStanding ? facts with { Stays = room } : facts;
    }

    /// <summary>The other room of a meeting that was handed over, as it was then.</summary>
    private static MeetingRoomFacts? AlsoThen(HubDirectory map, string? note) =>
        note?.Split(BookingThen.Between) is [_, var second] && BookingThen.Parse(second) is { } then && map.Space(then.SpaceId) is { } space
            ? new(space, map.PlaceOf(space))
            : null;

    private async Task<string> Way(HubDb db, HubDirectory map, Booking booking, CancellationToken stop)
    {
        var found = await MyWays.Of(db, map, booking, settings.Value.WayBetweenSites, clock.GetCurrentInstant(), stop);
        return string.Join(" ", found.Select(late => WayWords.Of(late, booking.Id, settings.Value.MinutesBetweenSites).Here));
    }

    /// <summary>
    /// By itself, or as one date of its series. With the last date the whole series is withdrawn: a calendar that missed an e-mail may have
    /// that date at another time.
    /// </summary>
    private static async Task<CalendarEntry> Entry(
        HubDb db, Booking booking, NotificationType type, SeriesEntries entries, CancellationToken stop)
    {
        if (booking.MeetingId is { } meetingId)
            return entries.Entries.OfMeeting(
                await db.Bookings.AsNoTracking().Where(one => one.MeetingId == meetingId).ToListAsync(stop), entries.Map, entries.Language);
        var seriesId = type == BookingNotifications.Joined ? null : booking.SeriesId;
        if (seriesId is null)
            return entries.Entries.Of(booking, entries.Map, entries.Language);
        var series = await db.BookingSeries.AsNoTracking().SingleAsync(one => one.Id == seriesId, stop);
        return await db.Bookings.OfSeries(series.Id).AnyAsync(one => one.Status == BookingStatus.Confirmed, stop)
            ? entries.OfDate(series, booking)
            : entries.Of(series, [])[0];
    }

    /// <summary>What became of it later, and what its new member calls it, is no longer the reader's business.</summary>
    private static void AsItWas(Booking booking, HubDirectory map, string? note)
    {
        booking.Title = null;
        if (BookingThen.Parse(note) is not { } then || map.Space(then.SpaceId) is not { } space)
            return;
        (booking.SpaceId, booking.SiteId) = (space.Id, space.SiteId);
        (booking.StartLocal, booking.EndLocal) = then.LocalSpan;
    }

    private static Words What(NotificationType type, Words name) =>
        type == BookingNotifications.Confirmed ? new($"Booked: {name.English}", $"Gebucht: {name.German}")
        : type == BookingNotifications.Requested
            ? new($"Waits for approval: {name.English}", $"Wartet auf Genehmigung: {name.German}")
        : type == BookingNotifications.Approved ? new($"Approved: {name.English}", $"Genehmigt: {name.German}")
        : type == BookingNotifications.Declined ? new($"Declined: {name.English}", $"Abgelehnt: {name.German}")
        : type == BookingNotifications.Lapsed ? new($"Lapsed: {name.English}", $"Verfallen: {name.German}")
        : type == BookingNotifications.Moved ? new($"Changed: {name.English}", $"Geändert: {name.German}")
        : type == BookingNotifications.Cancelled ? new($"Cancelled: {name.English}", $"Storniert: {name.German}")
        : type == BookingNotifications.Received ? new($"Handed over to you: {name.English}", $"Übernommen: {name.German}")
        : type == BookingNotifications.HandedOver ? new($"Handed over: {name.English}", $"Übergeben: {name.German}")
        : type == BookingNotifications.Joined ? new($"Part of a series now: {name.English}", $"Jetzt Teil einer Serie: {name.German}")
        : type == BookingNotifications.CheckInAsked ? new($"Are you coming? {name.English}", $"Kommen Sie? {name.German}",
            $"Kommst du? {name.Familiar}")
        : type == BookingNotifications.Released ? new($"Released: {name.English}", $"Freigegeben: {name.German}")
        : new($"Reminder: {name.English}", $"Erinnerung: {name.German}");

    private static Type Body(NotificationType type) =>
        type == BookingNotifications.Confirmed ? typeof(BookingConfirmedEmail)
        : type == BookingNotifications.Requested ? typeof(BookingRequestedEmail)
        : type == BookingNotifications.Approved ? typeof(BookingApprovedEmail)
        : type.IsOneOf(BookingNotifications.Declined, BookingNotifications.Lapsed) ? typeof(BookingRefusedEmail)
        : type == BookingNotifications.Moved ? typeof(BookingMovedEmail)
        : type == BookingNotifications.Cancelled ? typeof(BookingCancelledEmail)
        : type == BookingNotifications.Received ? typeof(BookingReceivedEmail)
        : type == BookingNotifications.HandedOver ? typeof(BookingHandedOverEmail)
        : type == BookingNotifications.Joined ? typeof(BookingJoinedEmail)
        : type == BookingNotifications.CheckInAsked ? typeof(CheckInAskedEmail)
        : type == BookingNotifications.Released ? typeof(BookingReleasedEmail)
        : typeof(BookingReminderEmail);
}
