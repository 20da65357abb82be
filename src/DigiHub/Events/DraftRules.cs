using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>
/// What may stand in a draft, and what is filled in where nothing was typed. An event may lie outside the opening hours and on
/// closed days, since its organiser opens the site; never at a time that does not exist.
/// </summary>
internal static class DraftRules
{
    public const int DaysMax = 14;
    public const int HorizonDays = 730;
    public const int BufferMinutesMax = 12 * 60;
    public const int CapacityWithoutRoom = 100;

    private static readonly Period usualLength = Period.FromHours(2);

    /// <param name="homeSiteId">Where the organiser is at home, for an event that names neither room nor site.</param>
    public static Outcome<FilledDraft> Fill(EventDraft draft, HubDirectory map, int? homeSiteId)
    {
        var wrong = Wrong(draft, map, homeSiteId, out var filled);
        return Refusal.AllOf(wrong) is { } refusal ? refusal : filled!;
    }

    /// <summary>Everything that is wrong with it; filled in where nothing is.</summary>
    public static List<Refusal> Wrong(EventDraft draft, HubDirectory map, int? homeSiteId, out FilledDraft? filled)
    {
        filled = null;
        List<Refusal> wrong = [.. draft.WrongTexts()];
        var room = draft.Format == EventFormat.Online ? null : Room(draft, map);
        if (draft.Format != EventFormat.Online && draft.SpaceId is not null && room is null)
            wrong.Add(EventRefusals.RoomUnknown);
        if (draft.Topic is { } topic && map.Topic(topic) is null)
            wrong.Add(EventRefusals.TopicUnknown);
        if (room is not null && draft.SiteId is { } named && named != room.SiteId)
            wrong.Add(EventRefusals.RoomElsewhere);
        wrong.AddRange(Numbers(draft, room));
        if (map.Places is not [var first, ..])
            return [.. wrong, EventRefusals.NoSite];
        if (map.Place(room?.SiteId ?? draft.SiteId ?? homeSiteId ?? first.Site.Id) is not { } place)
            return [.. wrong, EventRefusals.SiteUnknown];

        var times = Times(draft, place.Time);
        if (!times.IsDone)
            return [.. wrong, times.Refusal];
        var window = Window(draft, place.Time, times.Value.Real.Start);
        if (!window.IsDone)
            return [.. wrong, window.Refusal];

        if (wrong.Count == 0)
            filled = new FilledDraft(draft, place, room, times.Value.Local, times.Value.Real, window.Value.Opens, window.Value.Closes);
        return wrong;
    }

    /// <summary>What a draft may lack and a published event may not; null if nothing.</summary>
    public static Refusal? Lacks(Event evt, HubDirectory map, Instant now) => Refusal.AllOf([.. AllLacking(evt, map, now)]);

    /// <inheritdoc cref="Lacks"/>
    public static IEnumerable<Refusal> AllLacking(Event evt, HubDirectory map, Instant now)
    {
        if (evt.Title.IsEmpty)
            yield return EventRefusals.TitleMissing;
        if (evt.Start <= now)
            yield return EventRefusals.InThePast;
        if (evt.Start > now + Duration.FromDays(HorizonDays))
            yield return EventRefusals.TooFarAhead;
        if (evt.Format != EventFormat.InPerson && evt.JoinLink is null)
            yield return EventRefusals.JoinLinkMissing;
        if (evt.Format != EventFormat.Online && RoomFor(evt, map) is { } unfit)
            yield return unfit;
    }

    private static Refusal? RoomFor(Event evt, HubDirectory map)
    {
        if (evt.SpaceId is not { } spaceId)
            return EventRefusals.RoomMissing;
        if (map.Space(spaceId) is not { } room || !room.IsOfferedOn(evt.LocalSpan.LastDate))
            return EventRefusals.RoomUnknown;
        return evt.Capacity > room.Capacity ? EventRefusals.RoomTooSmall(room.Name, room.Capacity) : null;
    }

    private static Space? Room(EventDraft draft, HubDirectory map) =>
        draft.SpaceId is { } id && map.Space(id) is { Kind: SpaceKind.Room or SpaceKind.Lab } room ? room : null;

    private static Outcome<(LocalSpan Local, Span Real)> Times(EventDraft draft, SiteTime site)
    {
        if (draft.Start is not { } start)
            return EventRefusals.StartMissing;
        if (start.Year is < SiteTime.YearMin or > SiteTime.YearMax)
            return site.Typed(start).Refusal! with { Field = "start" };
        var end = draft.End ?? start + usualLength;
        var real = site.Typed(start, end);
        if (!real.IsDone)
            return real.Refusal;
        return real.Value.Length > Duration.FromDays(DaysMax) ? EventRefusals.TooLongInTime : (new LocalSpan(start, end), real.Value);
    }

    private static Outcome<(Instant? Opens, Instant? Closes)> Window(EventDraft draft, SiteTime site, Instant start)
    {
        var opens = Typed(draft.RegistrationOpens, "registrationOpens");
        if (!opens.IsDone)
            return opens.Refusal;
        var closes = Typed(draft.RegistrationCloses, "registrationCloses");
        if (!closes.IsDone)
            return closes.Refusal;
        if (opens.Value >= start)
            return EventRefusals.OpensTooLate;
        if (closes.Value > start)
            return EventRefusals.WindowTooLate;
        return opens.Value >= closes.Value ? EventRefusals.WindowEmpty : (opens.Value, closes.Value);

        Outcome<Instant?> Typed(LocalDateTime? local, string field)
        {
            if (local is not { } given)
                return (Instant?)null;
            var typed = site.Typed(given);
            return typed.IsDone ? (Instant?)typed.Value : typed.Refusal with { Field = field };
        }
    }

    private static IEnumerable<Refusal> Numbers(EventDraft draft, Space? room)
    {
        if (draft.Capacity is < 1 or > Event.CapacityMax)
            yield return EventRefusals.CapacityOut;
        else if (room is not null && draft.Capacity > room.Capacity)
            yield return EventRefusals.RoomTooSmall(room.Name, room.Capacity);
        if (draft.SetUpMinutes is < 0 or > BufferMinutesMax)
            yield return EventRefusals.MinutesOut("setUpMinutes");
        if (draft.TearDownMinutes is < 0 or > BufferMinutesMax)
            yield return EventRefusals.MinutesOut("tearDownMinutes");
        var reminders = (draft.Reminders ?? ReminderTime.Usual).Distinct().ToList();
        if (reminders.Count > ReminderRule.PerEventMax || reminders.Exists(time => !ReminderRule.MayBeOfAnEvent(time)))
            yield return EventRefusals.RemindersInvalid;
    }
}
