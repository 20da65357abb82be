using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

/// <summary>What to change; null leaves it as it is.</summary>
public sealed record ChangeSeriesRequest
{
    public required Guid SeriesId { get; init; }

    public required Guid ActorId { get; init; }

    public required SeriesScope Scope { get; init; }

    /// <summary>The date of the pattern that is meant; null for <see cref="SeriesScope.AllFuture"/>.</summary>
    public LocalDate? Date { get; init; }

    public int? SpaceId { get; init; }

    public SeriesTimes? Times { get; init; }

    /// <summary>On which days from then on; not of one date.</summary>
    public RecurrenceDraft? Pattern { get; init; }

    /// <summary>Empty takes the title away.</summary>
    public string? Title { get; init; }

    public ReminderChoice? Reminder { get; init; }

    /// <summary>How many are expected; null where it does not matter.</summary>
    public int? People { get; init; }

    /// <summary>Dates that were changed by themselves become as the rest; else what is their own stays.</summary>
    public bool Resets { get; init; }

    /// <summary>As <see cref="SeriesRequest.SkipsClosedDays"/>; a booked date that is left out is cancelled.</summary>
    public bool SkipsClosedDays { get; init; } = true;

    /// <summary>As <see cref="SeriesRequest.SkipsImpossible"/>; a booked date that is left out is cancelled.</summary>
    public bool SkipsImpossible { get; init; }

    public IReadOnlyCollection<SeriesChoice> Choices { get; init; } = [];

    /// <summary>As <see cref="SeriesRequest.Token"/>.</summary>
    public string? Token { get; init; }

    /// <summary>The revision of the series that the actor has seen (If-Match); refused with stale if it is another by now.</summary>
    public int? IfRevision { get; init; }
}

/// <summary>
/// Changes one date of a series, that and those after it, or all that have not begun; in one transaction, or not at all. Bookings keep
/// their ids; a date whose times and place stay is not touched. What was changed of a date by itself stays, unless it is asked to reset it,
/// and a date that the series does not have never comes back. Titles and reminders are changed in place, without a look at the calendar.
/// </summary>
public sealed class ChangeSeries(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, MoveBooking moveBooking, IClock clock)
{
    /// <summary>What would become of each date. Refuses as <see cref="Run"/>, but for what is only about dates.</summary>
    public async Task<Outcome<SeriesPreview>> Preview(ChangeSeriesRequest request, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        var change = await SeriesChange.Of(db, map, request, locks: false, now, stop);
        return change.IsDone ? change.Value.Preview : change.Refusal;
    }

    /// <summary>
    /// Refuses with not_found, member_disabled, only_for_yourself, date_missing, pattern_of_one_date, stale, nothing_ahead, title_too_long,
    /// reminder_out_of_range, ends_before_it_starts, the codes of <see cref="Recurrence.Typed"/>, too_many_series_dates and busy; with the
    /// preview as it is now with preview_changed, dates_impossible and no_dates; and for one date as <see cref="MoveBooking"/>.
    /// </summary>
    public async Task<SeriesOutcome> Run(ChangeSeriesRequest request, CancellationToken stop)
    {
        if (request.Scope == SeriesScope.This)
            return new SeriesOutcome(await ChangeOne(request, stop), Preview: null);

        var now = clock.GetCurrentInstant();
        SeriesPreview? preview = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                preview = null; // the work may run again
                var map = await catalogue.InForce(db, stop);
                var change = await SeriesChange.Of(db, map, request, locks: true, now, stop);
                if (!change.IsDone)
                    return change.Refusal;
                if (!change.Value.Reschedules)
                    return await Edit(db, map, change.Value, request, now, stop);
                preview = change.Value.Preview;
                if (BookSeries.WhyNot(preview, request.Token, request.SkipsImpossible,
                    change.Value.LeavesAny(request.SkipsImpossible)) is { } refusal)
                    return refusal;
                return await Reschedule(db, map, change.Value, request, now, stop);
            },
            stop);
        return new SeriesOutcome(outcome, preview);
    }

    /// <summary>One date is a booking like any other; what is changed of it becomes its own.</summary>
    private async Task<Outcome<BookingSeries>> ChangeOne(ChangeSeriesRequest request, CancellationToken stop)
    {
        if (request.Pattern is not null)
            return SeriesRefusals.PatternOfOneDate;
        if (request.Date is not { } date)
            return SeriesRefusals.DateMissing;
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var series = await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == request.SeriesId, stop);
        var booking = await db.Bookings.AsNoTracking().OfSeries(request.SeriesId).SingleOrDefaultAsync(one => one.SeriesDate == date, stop);
        if (series is null || booking is null || map.Space(request.SpaceId ?? booking.SpaceId) is not { } space)
            return Refusal.NotFound;
        if (request.IfRevision is not null && request.IfRevision != series.Revision)
            return Refusal.Stale;
        var local = request.Times?.On(date, map.PlaceOf(space));
        if (local is { IsDone: false, Refusal: var refusal })
            return refusal!;

        var moved = await moveBooking.Run(
            new MoveBookingRequest
            {
                BookingId = booking.Id,
                ActorId = request.ActorId,
                When = local is { } there ? When.Between(there.Value.Start, there.Value.End) : null,
                SpaceId = request.SpaceId,
                Title = request.Title,
                Reminder = request.Reminder,
                People = request.People,
                IfRevision = request.IfRevision is null ? null : booking.Revision,
            }, stop);
        return moved.IsDone ? await db.BookingSeries.AsNoTracking().SingleAsync(one => one.Id == request.SeriesId, stop) : moved.Refusal;
    }

    /// <summary>Titles and reminders only: in place, from this date on.</summary>
    private static async Task<Outcome<BookingSeries>> Edit(
        HubDb db, HubDirectory map, SeriesChange change, ChangeSeriesRequest request, Instant now, CancellationToken stop)
    {
        var (series, member) = (change.Locked.Series, change.Locked.Member);
        (series.Title, series.Reminder) = (change.Title, change.Reminder);
        if (!db.Entry(series).Properties.Any(property => property.IsModified) && !change.Notes.Any())
            return series; // as it was
        var changes = SeriesChanges.Of(db, series);
        await Note(db, map, change, member, moving: [], now, stop);
        series.Touch(now);
        db.Record(now, request.ActorId, SeriesActs.Edited, series.Id, changes: changes, onBehalfOf: member.Id);
        return series;
    }

    private static async Task Note(
        HubDb db, HubDirectory map, SeriesChange change, Member member, HashSet<Guid> moving, Instant now, CancellationToken stop)
    {
        // Those that move or go get their reminders, or lose them, with that.
        var rescheduled = change.Notes.Where(one => one.Reminder != ReminderChoice.Of(one.Booking) && !moving.Contains(one.Booking.Id))
            .Select(one => one.Booking).ToList();
        foreach (var (booking, title, reminder, own) in change.Notes)
            booking.NoteAsSeries(title, reminder, member, own, now);
        await BookingEmails.RescheduleReminders(db, rescheduled, map, member, now, stop);
    }

    private static async Task<Outcome<BookingSeries>> Reschedule(
        HubDb db, HubDirectory map, SeriesChange change, ChangeSeriesRequest request, Instant now, CancellationToken stop)
    {
        var (old, member, _, ahead) = change.Locked;
        var added = change.Preview.Free.Where(day => day.BookingId is null).ToList();
        if (await BookSeries.TooMany(db, member.Id, added.Count, now, stop))
            return SeriesRefusals.TooManyAhead;

        var days = change.Preview.Days.Where(day => day.BookingId is not null).ToDictionary(day => day.BookingId!.Value);
        var moved = ahead.Where(one => days.TryGetValue(one.Id, out var day) && day.State == SeriesDayState.Free).ToList();
        var gone = ahead.Where(one => change.IsDropped(one)
            || (days.TryGetValue(one.Id, out var day) && day.State != SeriesDayState.Free)).ToList();
        Guid[] ids = [.. moved.Concat(gone).Select(one => one.Id)];
        await Note(db, map, change, member, [.. ids], now, stop);
        var series = await change.Splits(db, stop) ? await Split(db, change, request, now, stop) : old;
        (series.Pattern, series.FromDate) = (change.Pattern, change.From);
        (series.SpaceId, series.SiteId, series.Times) = (change.Space.Id, change.Space.SiteId, change.Times);
        (series.Title, series.Reminder) = (change.Title, change.Reminder);
        var changes = SeriesChanges.Of(db, series);

        await ClaimSpace.Release(db, Booking.Subject, ids, stop);
        await BookingEmails.WithdrawAll(db, ids, NotificationReason.Moved, stop);
        var needing = await AskApproval.Needing(
            db, [.. moved.Select(one => days[one.Id].Space), .. added.Select(day => day.Space)], change.Locked.Actor, stop);
        List<Booking> asked = [];
        foreach (var booking in moved)
        {
            var day = days[booking.Id];
            if (!AskApproval.IsOtherThing(booking, day.Space, day.Span, people: default) && day.Space.Rules.NeedsApproval)
            { } // it is shorter: what is asked or approved stays so
            else if (needing.Contains(day.Space.Id))
                asked.Add(booking);
            else
                booking.NeedNoApproval();
            booking.MoveWithSeries(day.Space, day.Local!.Value, day.Span, change.OwnOf(booking, day), now);
            ClaimSpace.Add(db, day.Space, ClaimSpace.Blocked(day.Space, day.Span), Booking.Subject.Of(booking.Id), now);
        }

        foreach (var booking in gone)
            booking.Cancel(now);
        var booked = BookSeries.Add(
            db, map, series, added, request.Choices, member, request.ActorId, now, needing, asked, request.People);
        foreach (var booking in moved)
            BookingEmails.Remind(db, booking, map.Place(booking.SiteId)!, member, now);
        await SeriesDates.Except(db, series.Id, [.. gone.Where(one => !change.IsDropped(one))
            .Select(one => (one.SeriesDate!.Value, SeriesExceptionReason.Cancelled))], now, stop);
        await BookSeries.Except(db, series.Id, change.Preview.Days.Where(day => day.BookingId is null), now, stop);
        series.Reschedule(now);
        if (moved.Count + booked.Count > 0)
            SeriesEmails.Change(db, series, [.. moved, .. booked, .. gone], member, now);
        else
            await SeriesEmails.Cancel(db, series, gone, member, now, stop);
        db.Record(now, request.ActorId, SeriesActs.Changed, series.Id, detail: $"{moved.Count + booked.Count + gone.Count}",
            changes: changes, onBehalfOf: member.Id);
        return series;
    }

    /// <summary>
    /// The old series ends before the date; what is ahead from it on, and the dates that it does not have, become a series of their own.
    /// </summary>
    private static async Task<BookingSeries> Split(
        HubDb db, SeriesChange change, ChangeSeriesRequest request, Instant now, CancellationToken stop)
    {
        var (old, member, _, ahead) = change.Locked;
        var date = request.Date!.Value;
        var rest = new BookingSeries
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            ContinuesId = old.Id,
            MemberId = old.MemberId,
            BookedById = old.BookedById,
            SiteId = old.SiteId,
            SpaceId = old.SpaceId,
            Pattern = change.Pattern,
            FromDate = change.From,
            Times = old.Times,
            Title = old.Title,
            Reminder = old.Reminder,
            CreatedAt = now,
            CalendarSequence = old.CalendarSequence,
        };
        db.BookingSeries.Add(rest);
        old.Pattern = old.Pattern.Before(old.FromDate, date);
        Guid[] going = [.. ahead.Select(one => one.Id)];
        if (await db.Bookings.OfSeries(old.Id).AnyAsync(
            one => one.Status == BookingStatus.Confirmed && one.End > now && !EF.Parameter(going).Contains(one.Id), stop))
            old.Reschedule(now);
        else
            old.Close(now);
        foreach (var booking in ahead)
            booking.SeriesId = rest.Id;
        await SeriesEmails.Shorten(db, old, date, member, now, stop);
        db.Record(now, request.ActorId, SeriesActs.Split, old.Id, onBehalfOf: member.Id);
        await db.SaveChangesAsync(stop); // the other rows refer to the new one
        await db.Bookings.OfSeries(old.Id).Where(one => one.SeriesDate >= date && one.Status != BookingStatus.Confirmed)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeriesId, (Guid?)rest.Id), stop);
        await db.SeriesExceptions.Where(one => one.SeriesId == old.Id && one.Date >= date)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeriesId, rest.Id), stop);
        return rest;
    }
}

/// <summary>What an act has changed in a tracked series so far, as activity tells it.</summary>
internal static class SeriesChanges
{
    private static readonly string[] derived =
        [nameof(BookingSeries.Revision), nameof(BookingSeries.CalendarSequence), nameof(BookingSeries.ChangedAt)];

    public static FieldChanges? Of(HubDb db, BookingSeries series) => FieldChanges.Of(db, series, derived);
}
