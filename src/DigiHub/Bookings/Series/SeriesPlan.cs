using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

/// <summary>A new series as far as it can be decided without the database.</summary>
internal sealed record SeriesPlan(
    Recurrence Pattern, Space Space, Guid MemberId, string? Title, ReminderChoice Reminder, IReadOnlyList<WantedDate> Wanted)
{
    public IEnumerable<Space> Spaces => Wanted.Select(one => one.Space).Append(Space).Distinct();

    /// <summary>Refuses with not_found, and as <see cref="Recurrence.Typed"/> and the rules of titles and reminders do.</summary>
    public static Outcome<SeriesPlan> Of(SeriesRequest request, HubDirectory map)
    {
        if (map.Space(request.SpaceId) is not { } space)
            return Refusal.NotFound;
        var pattern = Recurrence.Typed(request.Pattern, request.From);
        if (!pattern.IsDone)
            return pattern.Refusal;
        var (title, reminder) = (TypedText.Line(request.Title), request.Reminder ?? ReminderChoice.AsUsual);
        if ((BookingRules.CheckPeople(space, request.People is < 1 ? request.People : null)
            ?? BookingRules.CheckTitle(title) ?? BookingRules.CheckReminder(reminder)) is { } refusal)
            return refusal;
        // What is wrong with the times every time is said once, and not of each date.
        if (request.Times is { Start: { } start, End: { } end } && end != LocalTime.Midnight && end <= start)
            return LocalSpan.EndsBeforeItStarts;

        List<WantedDate> wanted = [];
        foreach (var date in pattern.Value.Dates(request.From))
        {
            var choice = request.Choices.LastOrDefault(one => one.Date == date);
            if (WithChoice(map, new(date, space, request.Times), choice) is not { } one)
                return Refusal.NotFound;
            wanted.Add(one);
        }

        return new SeriesPlan(pattern.Value, space, request.MemberId ?? request.ActorId, title, reminder, wanted);
    }

    /// <summary>
    /// With the booking that becomes one of its dates. Refuses with not_found, booking_not_repeatable and pattern_without_booking.
    /// </summary>
    public async Task<Outcome<SeriesPlan>> TakingIn(HubDb db, HubDirectory map, Guid bookingId, Instant now, CancellationToken stop)
    {
        var memberId = MemberId;
        if (await db.Bookings.SingleOrDefaultAsync(one => one.Id == bookingId && one.MemberId == memberId, stop) is not { } booking)
            return Refusal.NotFound;
        if (booking is not { SeriesId: null, PoolId: null, MeetingId: null } || booking.StageAt(now) != BookingStage.Upcoming)
            return SeriesRefusals.NotRepeatable;
        var date = booking.StartLocal.Date;
        return Wanted.Any(one => one.Date == date)
            ? this with
            {
                Wanted = [.. Wanted.Select(one => one.Date != date ? one : one with
                {
                    Booking = booking, Space = map.Space(booking.SpaceId)!, Local = booking.LocalSpan, IsSkipped = false,
                })],
            }
            : SeriesRefusals.WithoutTheBooking;
    }

    /// <summary>Null: there is no such space.</summary>
    public static WantedDate? WithChoice(HubDirectory map, WantedDate one, SeriesChoice? choice)
    {
        if (choice is null)
            return one;
        if (choice.IsSkipped)
            return one with { IsSkipped = true };
        var space = choice.SpaceId is { } spaceId ? map.Space(spaceId) : one.Space;
        return space is null
            ? null
            : one with { Space = space, Times = choice.Times ?? one.Times, Local = choice.Times is null ? one.Local : null };
    }

    /// <summary>
    /// Whether the actor may book for this member at all these sites. Refuses with member_disabled and only_for_yourself.
    /// </summary>
    public static async Task<Outcome<Viewer>> Actor(
        HubDb db, Guid actorId, Guid memberId, IEnumerable<Space> spaces, Instant now, CancellationToken stop)
    {
        if (await db.Viewer(actorId, now, stop) is not { } actor)
            return BookingRules.MemberDisabled;
        return actor.IsOrActsFor(memberId) || spaces.All(space => actor.May(Permission.BookForOthers, space.SiteId))
            ? actor : BookingRules.OnlyForYourself;
    }
}
