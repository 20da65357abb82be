using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Series;

/// <summary>
/// Books a series: every date that is free and none by halves, in one transaction, with one notification and one act. It looks again, under
/// the locks, just as the preview did; where the answer is another than the actor has seen, nothing is saved.
/// </summary>
public sealed class BookSeries(UnitOfWork unitOfWork, Catalogue catalogue, LapseApprovals lapseApprovals, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, member_disabled, only_for_yourself, ends_before_it_starts, title_too_long, people_out_of_range,
    /// reminder_out_of_range, booking_not_repeatable, pattern_without_booking, the codes of <see cref="Time.Recurrence.Typed"/>,
    /// too_many_series_dates and busy; and, with the preview as it is now, with preview_changed, dates_impossible and no_dates.
    /// </summary>
    public async Task<SeriesOutcome> Run(SeriesRequest request, CancellationToken stop)
    {
        var outcome = await Try(request, stop);
        // As BookSpace: what is in the way may have lapsed.
        return outcome.Outcome.Refusal?.Code is "dates_impossible" or "no_dates" && await lapseApprovals.Run(stop) > 0
            ? await Try(request, stop)
            : outcome;
    }

    private async Task<SeriesOutcome> Try(SeriesRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        SeriesPreview? preview = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                preview = null; // the work may run again
                var map = await catalogue.InForce(db, stop);
                var plan = SeriesPlan.Of(request, map);
                if (!plan.IsDone)
                    return plan.Refusal;
                await db.AcquireLocks([.. ClaimSpace.Locks(plan.Value.Spaces), LockKey.OfSubject(plan.Value.MemberId)], stop);
                var seen = await PreviewSeries.Of(db, map, request, plan.Value, now, stop);
                if (!seen.IsDone)
                    return seen.Refusal;
                preview = seen.Value;
                return await Book(db, map, request, plan.Value, preview, now, stop);
            },
            stop, request.Along);
        return new SeriesOutcome(outcome, preview);
    }

    private static async Task<Outcome<BookingSeries>> Book(
        HubDb db, HubDirectory map, SeriesRequest request, SeriesPlan plan, SeriesPreview preview, Instant now, CancellationToken stop)
    {
        if (await db.Members.SingleOrDefaultAsync(one => one.Id == plan.MemberId, stop) is not { } member)
            return Refusal.NotFound;
        if (member.DisabledAt is not null)
            return BookingRules.MemberDisabled;
        if (WhyNot(preview, request.Token, request.SkipsImpossible, preview.Free.Any()) is { } refusal)
            return refusal;
        if (await TooMany(db, member.Id, preview.Free.Count(), now, stop))
            return SeriesRefusals.TooManyAhead;

        var series = new BookingSeries
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            MemberId = member.Id,
            BookedById = request.ActorId,
            SiteId = plan.Space.SiteId,
            SpaceId = plan.Space.Id,
            Pattern = plan.Pattern,
            FromDate = request.From,
            Times = request.Times,
            Title = plan.Title,
            Reminder = plan.Reminder,
            CreatedAt = now,
        };
        db.BookingSeries.Add(series);
        var actor = await SeriesPlan.Actor(db, request.ActorId, member.Id, plan.Spaces, now, stop);
        if (!actor.IsDone)
            return actor.Refusal;
        var booked = Add(db, map, series, [.. preview.Free.Where(day => day.BookingId is null)], request.Choices, member, request.ActorId,
            now, await AskApproval.Needing(db, preview.Free.Select(day => day.Space), actor.Value, stop), people: request.People);
        foreach (var day in preview.Free.Where(day => day.BookingId is not null))
            booked.Add(await TakeIn(db, map, series, day, member, now, stop));
        await Except(db, series.Id, preview.Days, now, stop);
        SeriesEmails.Book(db, series, booked, member, now);
        db.Record(now, request.ActorId, SeriesActs.Created, series.Id, detail: $"{booked.Count}", onBehalfOf: member.Id);
        if (plan.Space.Kind == SpaceKind.Desk)
            member.HomeSiteId ??= plan.Space.SiteId; // a first guess, as for a single booking
        return series;
    }

    private static async Task<Booking> TakeIn(
        HubDb db, HubDirectory map, BookingSeries series, SeriesDay day, Member member, Instant now, CancellationToken stop)
    {
        var booking = await db.Bookings.SingleAsync(one => one.Id == day.BookingId, stop);
        var usual = series.Times.On(day.Date, map.PlaceOf(day.Space));
        booking.JoinSeries(series, day.Date, hasUsualTimes: usual.IsDone && usual.Value == booking.LocalSpan, now);
        await BookingEmails.Join(db, booking, map.PlaceOf(day.Space), member, now, stop);
        return booking;
    }

    /// <summary>Whether a preview is the one that was seen, and leaves nothing to decide.</summary>
    internal static Refusal? WhyNot(SeriesPreview preview, string? token, bool skipsImpossible, bool leavesAny) => preview switch
    {
        _ when token is not null && token != preview.Token => SeriesRefusals.PreviewChanged,
        _ when !skipsImpossible && preview.Impossible.Count() is > 0 and var count => SeriesRefusals.DatesImpossible(count),
        _ when !leavesAny => SeriesRefusals.NoDateLeft,
        _ => null,
    };

    internal static async Task<bool> TooMany(HubDb db, Guid memberId, int more, Instant now, CancellationToken stop) => more > 0
        && await db.Bookings.Where(own => own.MemberId == memberId && own.SeriesId != null).Ahead(now).CountAsync(stop) + more
            > SeriesRefusals.DatesAheadMax;

    /// <summary>The free dates as bookings, by the one gate that makes them; those that need approval are one question.</summary>
    /// <param name="needing">The spaces of which that is so.</param>
    /// <param name="alsoAsked">Dates that were there before and have to be decided on, too.</param>
    internal static List<Booking> Add(
        HubDb db, HubDirectory map, BookingSeries series, IReadOnlyCollection<SeriesDay> free, IReadOnlyCollection<SeriesChoice> choices,
        Member member, Guid actorId, Instant now, IReadOnlySet<int> needing, IEnumerable<Booking>? alsoAsked = null, int? people = null)
    {
        List<Booking> booked = [];
        foreach (var day in free)
        {
            var held = new BookSpace.Held(day.Space, day.Local!.Value, day.Span, series.Title)
            {
                SeriesId = series.Id,
                SeriesDate = day.Date,
                Own = (day.Space.Id != series.SpaceId ? OwnFields.Space : default)
                    | (choices.Any(one => one.Date == day.Date && one.Times is not null) ? OwnFields.Times : default),
            };
            var booking = BookSpace.Add(db, held, ClaimSpace.Blocked(day.Space, day.Span), member, actorId, series.Reminder, now);
            booking.People = people;
            booked.Add(booking);
        }

        Booking[] asked = [.. booked.Where(one => needing.Contains(one.SpaceId)), .. alsoAsked ?? []];
        if (asked.Length > 0)
            AskApproval.Ask(db, asked, actorId, now);
        foreach (var booking in booked)
            BookingEmails.Remind(db, booking, map.Place(booking.SiteId)!, member, now);
        return booked;
    }

    /// <summary>Remembers the dates that are left out.</summary>
    internal static Task Except(HubDb db, Guid seriesId, IEnumerable<SeriesDay> days, Instant now, CancellationToken stop) =>
        SeriesDates.Except(db, seriesId,
            [.. days.Where(day => day.State != SeriesDayState.Free).Select(day => (day.Date, day.State switch
            {
                SeriesDayState.Skipped => SeriesExceptionReason.Skipped,
                SeriesDayState.Closed => SeriesExceptionReason.Closed,
                _ => SeriesExceptionReason.NotPossible,
            }))], now, stop);
}
