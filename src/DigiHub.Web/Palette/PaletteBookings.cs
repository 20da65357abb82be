using System.Globalization;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using static DigiHub.Web.Components.Speak;

namespace DigiHub.Web.Palette;

/// <summary>
/// What could be booked as a line says, as rows: one click books. Where somebody else is asked by e-mail, the form opens instead.
/// </summary>
public sealed class PaletteBookings(FreeSpaces freeSpaces, UsualDesk usualDesk, IClock clock)
{
    public const int ActsMax = 3;

    private const int MinutesUsual = 60;

    /// <summary>The desk for the next open day; null: none, or the member has one then.</summary>
    public async Task<PaletteRow?> Usual(Guid memberId, CancellationToken stop) =>
        await usualDesk.Run(memberId, stop) is { Already: null } offer ? Row(offer.Desk, offer.Place, offer.When, people: null) : null;

    /// <param name="named">Those that the line names, the likest first.</param>
    /// <param name="place">The site it names; null: none.</param>
    internal async Task<PaletteAnswer> Find(
        HubDirectory map, PaletteWish wish, IReadOnlyList<Space> named, SiteContext? place, SiteContext home, Viewer viewer,
        CancellationToken stop)
    {
        var at = named.Count > 0 ? map.PlaceOf(named[0]) : place ?? home;
        var answer = await FindOn(map, wish, named, place, at, home, viewer, stop);
        // Who names no day is shown the first on which there is anything, of today and the next open day.
        return answer.Note is null || wish.Day is not null
            || at.Hours.NextOpenDay(DayToOpenWith(at, at.Time.Local(clock.GetCurrentInstant())).PlusDays(1)) is not { } next
            || await FindOn(map, wish with { Day = next }, named, place, at, home, viewer, stop) is not { Note: null } later
                ? answer : later;
    }

    private async Task<PaletteAnswer> FindOn(
        HubDirectory map, PaletteWish wish, IReadOnlyList<Space> named, SiteContext? place, SiteContext at, SiteContext home, Viewer viewer,
        CancellationToken stop)
    {
        var kind = named.Count > 0 ? named[0].Kind : wish.Kind
            ?? (wish.People is null && wish.Start is null && wish.Minutes is null ? SpaceKind.Desk : SpaceKind.Room);
        var byParts = named.Count > 0 ? named[0].Rules.Granularity != Granularity.Minutes : kind is SpaceKind.Desk or SpaceKind.Lab;
        var now = at.Time.Local(clock.GetCurrentInstant());
        var day = wish.Day ?? DayToOpenWith(at, now);
        var start = wish.Start ?? (wish.Part == DayPart.Afternoon && at.Hours.On(day) is { } hours
            ? hours.Afternoon(day).Start.TimeOfDay : NextHalfHour(at, day, now));
        var minutes = wish.Minutes ?? MinutesUsual;
        var when = byParts ? When.On(day, wish.Part ?? PartOf(wish.Start) ?? StillAhead(at, day, now))
            : When.Between(day + start, (day + start).PlusMinutes(minutes));
        var request = new FreeSpacesRequest
        {
            When = when,
            SiteId = named.Count > 0 || place is not null ? at.Site.Id : null,
            Kind = kind,
            People = byParts ? null : wish.People,
            IsHalfTyped = true,
        };
        var outcome = await freeSpaces.Run(request, stop);
        var free = outcome.IsDone ? await InOrder(outcome.Value, named, home, viewer, stop) : [];
        var hasSeats = byParts || map.Spaces.Any(space => space.IsOffered && space.Kind == kind && space.Capacity >= (wish.People ?? 1));
        var site = place is null && named.Count == 0 ? null : at.Site.Slug;
        var acts = free.Take(ActsMax).Select(one => Row(one.Space, one.Place, one.When, wish.People)).ToList();
        var title = when.At(at) is { IsDone: true } span ? TimeWords.Span(span.Value).Here : TimeWords.Day(day).Here;
        List<PaletteRow> ways = [.. named.Take(acts.Count > 0 ? 1 : ActsMax).Select(space => Page(space, day)),
            .. Ways(kind, byParts, at, site, day, start, minutes, hasSeats ? wish : new(), free)];
        return new(
            [new(T($"Free: {title}", $"Frei: {title}"), acts), new(T("Go to", "Öffnen"), ways)],
            acts.Count > 0 ? null
            : !hasSeats ? T($"Nothing here is for {wish.People} people.", $"Für {wish.People} Personen ist hier nichts groß genug.")
            : outcome.Refusal?.Message.Here ?? (named.Count > 0
                ? T($"{named[0].Name} isn’t free: {title}.", $"{named[0].Name} ist nicht frei: {title}.")
                : T($"Nothing is free: {title}.", $"Nichts ist frei: {title}.")));
    }

    /// <summary>Of what is named that alone, the likest first; of desks the usual one first, then those near it; else as found.</summary>
    private async Task<IReadOnlyList<FreeSpace>> InOrder(
        IReadOnlyList<FreeSpace> free, IReadOnlyList<Space> named, SiteContext home, Viewer viewer, CancellationToken stop)
    {
        if (named.Count > 0)
            return [.. named.Select(space => free.FirstOrDefault(one => one.Space.Id == space.Id)).OfType<FreeSpace>()];
        if (free.Count > 0 && free[0].Space.Kind == SpaceKind.Desk && viewer.MemberId is { } me
            && await usualDesk.Find(me, stop) is { } usual)
            return [.. free.OrderByDescending(one => one.Space.Id == usual.Id).ThenByDescending(one => one.Space.SiteId == usual.SiteId)
                .ThenByDescending(one => one.Space.FloorId == usual.FloorId).ThenByDescending(one => one.Space.Zone == usual.Zone)];
        return [.. free.OrderByDescending(one => one.Place == home)];
    }

    private static IEnumerable<PaletteRow> Ways(
        SpaceKind kind, bool byParts, SiteContext at, string? site, LocalDate day, LocalTime start, int minutes, PaletteWish wish,
        IReadOnlyList<FreeSpace> free)
    {
        var on = TimeWords.ShortDay(day);
        if (kind == SpaceKind.Desk)
            yield return new(T($"Plan of the desks, {on.English}", $"Plan der Plätze, {on.German}"), "plan")
            { Href = Paths.DesksAt(at.Site.Slug, day), Hint = at.Site.Name };
        else
            yield return new(T($"Rooms, {on.English}", $"Räume, {on.German}"), "plan")
            { Href = Paths.RoomsAt(at.Site.Slug, day), Hint = at.Site.Name };
        yield return new(T("All that is free then", "Alles, was dann frei ist"), "search")
        {
            Href = Paths.FindLike(kind, site, day, byParts ? null : start, byParts ? null : minutes, byParts ? null : wish.People),
        };
        if (!byParts && free.Count > 0 && wish.Start is not null)
        {
            var name = TimeWords.DayName(day.DayOfWeek);
            yield return new(T($"Every {name.English} at {Clock(start)}", $"Jeden {name.German} um {Clock(start)} Uhr"), "repeat")
            {
                Href = Paths.NewSeriesOf(free[0].Space.Id, day, start, (day + start).PlusMinutes(minutes).TimeOfDay),
                Hint = free[0].Space.Name,
            };
        }

        if (wish.IsOfTime && free.Count == 0)
            yield return new(T("Wait for it", "Darauf warten"), "bell")
            {
                Href = Paths.WaitFor(kind, site, day, byParts ? null : start,
                    byParts ? null : (day + start).PlusMinutes(minutes).TimeOfDay, byParts ? null : minutes, wish.People),
                Hint = T("Waiting list", "Warteliste"),
            };
    }

    private static PaletteRow Page(Space space, LocalDate day) => new(SpaceWords.Named(space).Here, SpaceWords.IconOf(space.Kind))
    {
        Href = Paths.BookSpace(space.Id, day),
        Hint = T("Choose another time", "Andere Zeit wählen"),
    };

    private static PaletteRow Row(Space space, SiteContext place, LocalSpan when, int? people)
    {
        var floor = place.Site.Floors.Find(one => one.Id == space.FloorId)?.Name.Here;
        var hours = $"{TimeWords.Clock(when.Start.TimeOfDay).Here}–{TimeWords.ClockUntil(when.End.TimeOfDay).Here}";
        var day = TimeWords.ShortDay(when.Start.Date);
        string[] about =
        [
            .. space.Kind == SpaceKind.Room ? [SpaceWords.Seats(space.Capacity).Here] : Array.Empty<string>(),
            .. SpaceWords.Listed(space) is { Length: > 0 } things ? [things] : Array.Empty<string>(),
            place.Site.Name,
            .. floor is null ? Array.Empty<string>() : [floor],
        ];
        return new(
            T($"Book {space.Name}, {day.English}, {hours}", $"{space.Name} buchen, {day.German}, {hours}"), SpaceWords.IconOf(space.Kind))
        {
            Site = place.Site.Slug,
            Hint = string.Join(", ", about),
            Href = space.Rules.NeedsApproval ? Paths.BookAt(space.Id, when.Start, when.End) : null,
            Booking = space.Rules.NeedsApproval ? null : new(space.Id, when.Start, when.End, space.Kind == SpaceKind.Desk ? null : people),
        };
    }

    private static LocalDate DayToOpenWith(SiteContext place, LocalDateTime now)
    {
        var isOver = place.Hours.On(now.Date) is not { } hours || now.PlusMinutes(30) >= hours.On(now.Date).End;
        return place.Hours.NextOpenDay(isOver ? now.Date.PlusDays(1) : now.Date) ?? now.Date;
    }

    private static DayPart StillAhead(SiteContext place, LocalDate day, LocalDateTime now) =>
        day == now.Date && place.Hours.On(day) is { } hours && now >= hours.Morning(day).End ? DayPart.Afternoon : DayPart.Day;

    /// <summary>A desk from the afternoon on, where somebody names an hour.</summary>
    private static DayPart? PartOf(LocalTime? start) => start is { Hour: >= 12 } ? DayPart.Afternoon : null;

    private static LocalTime NextHalfHour(SiteContext place, LocalDate day, LocalDateTime now)
    {
        var opens = place.Hours.On(day)?.Opens ?? new LocalTime(9, 0);
        if (day != now.Date || now.TimeOfDay < opens)
            return opens;
        return now.Hour == 23 ? new LocalTime(23, 30)
            : now.Minute < 30 ? new LocalTime(now.Hour, 30) : new LocalTime(now.Hour + 1, 0);
    }

    private static string Clock(LocalTime time) => TimeWords.Clock(time).Here;
}
