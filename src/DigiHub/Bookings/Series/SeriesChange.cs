using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

/// <param name="Own">What of it stays its own.</param>
internal sealed record NotedBooking(Booking Booking, string? Title, ReminderChoice Reminder, OwnFields Own);

/// <summary>A change of a series, worked out for each date and checked; the preview shows it, and the act does it.</summary>
internal sealed class SeriesChange
{
    private readonly ChangeSeriesRequest request;
    private readonly HashSet<Guid> dropped = [];

    private SeriesChange(ChangeSeriesRequest request, LockedSeries locked, Space space, Recurrence pattern, LocalDate from)
    {
        (this.request, Locked, Space, Pattern, From) = (request, locked, space, pattern, from);
        (Times, Reminder) = (request.Times ?? locked.Series.Times, request.Reminder ?? locked.Series.Reminder);
        Title = request.Title is null ? locked.Series.Title : TypedText.Line(request.Title);
        Notes = [.. locked.Ahead.Select(Noted).Where(one => one.Title != one.Booking.Title
            || one.Reminder != ReminderChoice.Of(one.Booking) || one.Own != one.Booking.OwnFields)];
        Preview = new() { Pattern = pattern, From = from, Space = space, Times = Times, Days = [] };
    }

    public LockedSeries Locked { get; }

    public Space Space { get; }

    public SeriesTimes Times { get; }

    /// <summary>From then on.</summary>
    public Recurrence Pattern { get; }

    public LocalDate From { get; }

    public string? Title { get; }

    public ReminderChoice Reminder { get; }

    /// <summary>Bookings whose title or reminder becomes another.</summary>
    public IReadOnlyList<NotedBooking> Notes { get; }

    public SeriesPreview Preview { get; private set; }

    /// <summary>A date gets other times or another place, comes or goes; else only words change.</summary>
    public bool Reschedules => Preview.Days.Count > 0 || Preview.Dropped.Count > 0;

    /// <summary>A date is left, as it was or changed.</summary>
    public bool LeavesAny(bool skipsImpossible)
    {
        HashSet<Guid?> going = [.. Preview.Days.Where(day => day.State is SeriesDayState.Skipped or SeriesDayState.Closed
            || (skipsImpossible && day.IsImpossible)).Select(day => day.BookingId)];
        return Preview.Free.Any() || Locked.Ahead.Any(one => !IsDropped(one) && !going.Contains(one.Id));
    }

    /// <summary>The new pattern does not have its date.</summary>
    public bool IsDropped(Booking booking) => dropped.Contains(booking.Id);

    /// <summary>Dates before this one stay as they are, so that the old series keeps them.</summary>
    public async Task<bool> Splits(HubDb db, CancellationToken stop)
    {
        var (seriesId, date) = (request.SeriesId, request.Date);
        return request.Scope == SeriesScope.ThisAndFollowing
            && await db.Bookings.OfSeries(seriesId).AnyAsync(one => one.SeriesDate < date, stop);
    }

    /// <summary>What of a moved date is its own from then on.</summary>
    public OwnFields OwnOf(Booking booking, SeriesDay day)
    {
        var choice = request.Choices.LastOrDefault(one => one.Date == day.Date);
        return Kept(booking) | (choice?.Times is not null ? OwnFields.Times : default)
            | (choice?.SpaceId is not null && day.Space.Id != Space.Id ? OwnFields.Space : default);
    }

    /// <summary>Refuses as <see cref="ChangeSeries"/> says, but for what speaks against a date: that is in the preview.</summary>
    public static async Task<Outcome<SeriesChange>> Of(
        HubDb db, HubDirectory map, ChangeSeriesRequest request, bool locks, Instant now, CancellationToken stop)
    {
        if (request.Scope == SeriesScope.This && request.Pattern is not null)
            return SeriesRefusals.PatternOfOneDate;
        var chosen = request.Choices.Select(one => one.SpaceId).Append(request.SpaceId).OfType<int>().Distinct().Select(map.Space).ToList();
        if (chosen.Contains(null))
            return Refusal.NotFound;
        var own = await db.BookingSeries.Where(one => one.Id == request.SeriesId).Select(one => one.SpaceId).ToListAsync(stop);
        var taken = await LockedSeries.Take(db, map, request.SeriesId, request.ActorId, request.Scope, request.Date,
            [.. chosen.OfType<Space>(), .. own.Select(map.Space).OfType<Space>()], request.IfRevision, locks, now, stop);
        if (!taken.IsDone)
            return taken.Refusal;
        var locked = taken.Value;
        if (locked.Ahead is not [var first, ..])
            return SeriesRefusals.NothingAhead;

        var cut = request.Scope == SeriesScope.ThisAndFollowing ? request.Date!.Value : first.SeriesDate!.Value;
        var (pattern, from) = locked.Series.Pattern.After(locked.Series.FromDate, cut);
        if (request.Pattern is { } draft)
        {
            var typed = Recurrence.Typed(draft, cut);
            if (!typed.IsDone)
                return typed.Refusal;
            (pattern, from) = (typed.Value, cut);
        }

        var change = new SeriesChange(request, locked, map.Space(request.SpaceId ?? locked.Series.SpaceId)!, pattern, from);
        if ((BookingRules.CheckTitle(change.Title) ?? BookingRules.CheckReminder(change.Reminder)) is { } refusal)
            return refusal;
        if (change.Times is { Start: { } start, End: { } end } && end != LocalTime.Midnight && end <= start)
            return LocalSpan.EndsBeforeItStarts;
        await change.Look(db, map, now, stop);
        return change;
    }

    private async Task Look(HubDb db, HubDirectory map, Instant now, CancellationToken stop)
    {
        var added = request.Pattern is null ? [] : await Added(db, stop);
        List<WantedDate> wanted = [];
        foreach (var booking in Locked.Ahead.Where(one => !IsDropped(one)))
        {
            if (Wanted(map, booking) is { } one)
                wanted.Add(one);
        }

        wanted.AddRange(added.Select(date => SeriesPlan.WithChoice(map, new(date, Space, Times), ChoiceOf(date))!));
        HashSet<Guid> except = [.. wanted.Select(one => one.Booking?.Id).OfType<Guid>(), .. dropped];
        Preview = Preview with
        {
            Days = await SeriesCheck.Run(db, map, [.. wanted.OrderBy(one => one.Date)], except, Locked.Series.MemberId, Locked.Actor,
                request.People, request.SkipsClosedDays, now, stop),
            Differing = [.. Locked.Ahead.Where(one => !IsDropped(one) && Kept(one) != OwnFields.None).Select(one => one.SeriesDate!.Value)],
            Dropped = [.. Locked.Ahead.Where(IsDropped).Select(one => one.SeriesDate!.Value)],
        };
    }

    /// <summary>
    /// The dates of the new pattern for which there is no booking, nor was one: what was cancelled or left out stays so. Notes the bookings
    /// whose dates it does not have.
    /// </summary>
    private async Task<List<LocalDate>> Added(HubDb db, CancellationToken stop)
    {
        var dates = Pattern.Dates(From);
        dropped.UnionWith(Locked.Ahead.Where(one => !dates.Contains(one.SeriesDate!.Value)).Select(one => one.Id));
        var seriesId = request.SeriesId;
        var known = await db.Bookings.OfSeries(seriesId).Select(one => one.SeriesDate!.Value).ToListAsync(stop);
        known.AddRange(await db.SeriesExceptions.Where(one => one.SeriesId == seriesId).Select(one => one.Date).ToListAsync(stop));
        return [.. dates.Except(known)];
    }

    /// <summary>Null: it stays where and when it is, and is not touched.</summary>
    private WantedDate? Wanted(HubDirectory map, Booking booking)
    {
        var (kept, choice) = (Kept(booking), ChoiceOf(booking.SeriesDate!.Value));
        var space = kept.HasFlag(OwnFields.Space) ? map.Space(booking.SpaceId)! : Space;
        var local = kept.HasFlag(OwnFields.Times) ? booking.LocalSpan : Unchanged(map, booking, space);
        var one = SeriesPlan.WithChoice(map, new(booking.SeriesDate!.Value, space, Times, booking, local), choice)!;
        if (one.IsSkipped)
            return one;
        var there = one.Local ?? (one.Times.On(one.Date, map.PlaceOf(one.Space)) is { IsDone: true, Value: var on } ? on : null);
        return one.Space.Id == booking.SpaceId && there == booking.LocalSpan ? null : one;
    }

    /// <summary>A part of the day has the hours it was booked with as long as neither it nor the site changes.</summary>
    private LocalSpan? Unchanged(HubDirectory map, Booking booking, Space space) =>
        request.Times is null && !booking.OwnFields.HasFlag(OwnFields.Times) && map.PlaceOf(space).Site.Id == booking.SiteId
            ? booking.LocalSpan : null;

    private NotedBooking Noted(Booking booking)
    {
        var kept = Kept(booking);
        return new(booking,
            kept.HasFlag(OwnFields.Title) || (request.Title is null && !request.Resets) ? booking.Title : Title,
            kept.HasFlag(OwnFields.Reminder) || (request.Reminder is null && !request.Resets) ? ReminderChoice.Of(booking) : Reminder,
            kept);
    }

    private OwnFields Kept(Booking booking) => request.Resets ? OwnFields.None : booking.OwnFields;

    private SeriesChoice? ChoiceOf(LocalDate date) => request.Choices.LastOrDefault(one => one.Date == date);
}
