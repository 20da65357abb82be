using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>
/// What may stand in a draft, and what is filled in where nothing was typed. An event may lie outside the opening hours and on
/// closed days, for its organiser opens the house; never at a time that does not exist.
/// </summary>
internal static class DraftRules
{
    public const int DaysMax = 14;
    public const int HorizonDays = 730;
    public const int BufferMinutesMax = 12 * 60;
    public const int CapacityWithoutRoom = 100;

    private static readonly Period usualLength = Period.FromHours(2);

    /// <param name="homeSiteId">Where the organiser is at home, for an event that names neither room nor site.</param>
    public static Outcome<FilledDraft> Fill(EventDraft draft, HubMap map, int? homeSiteId)
    {
        if (Texts(draft) is { } unfit)
            return unfit;
        var room = draft.Format == EventFormat.Online ? null : Room(draft, map);
        if (draft.Format != EventFormat.Online && draft.SpaceId is not null && room is null)
            return EventRefusals.RoomUnknown;
        if (room is not null && draft.SiteId is { } named && named != room.SiteId)
            return EventRefusals.RoomElsewhere;
        if (map.Places is not [var first, ..])
            return EventRefusals.NoSite;
        if (map.Place(room?.SiteId ?? draft.SiteId ?? homeSiteId ?? first.Site.Id) is not { } place)
            return EventRefusals.SiteUnknown;

        var times = Times(draft, place.Time);
        if (!times.IsDone)
            return times.Refusal;
        var window = Window(draft, place.Time, times.Value.Real.Start);
        if (!window.IsDone)
            return window.Refusal;

        var filled = new FilledDraft(draft, place, room, times.Value.Local, times.Value.Real, window.Value.Opens, window.Value.Closes);
        return Numbers(filled) is { } refusal ? refusal : filled;
    }

    /// <summary>What a draft may lack and a published event may not; null if nothing.</summary>
    public static Refusal? Lacks(Event hosted, HubMap map, Instant now)
    {
        if (hosted.Title.English.Length == 0)
            return EventRefusals.TitleMissing;
        if (hosted.Start <= now)
            return EventRefusals.InThePast;
        if (hosted.Start > now + Duration.FromDays(HorizonDays))
            return EventRefusals.TooFarAhead;
        if (hosted.Format != EventFormat.InPerson && hosted.JoinLink is null)
            return EventRefusals.JoinLinkMissing;
        return hosted.Format == EventFormat.Online ? null : RoomFor(hosted, map);
    }

    private static Refusal? RoomFor(Event hosted, HubMap map)
    {
        if (hosted.SpaceId is not { } spaceId)
            return EventRefusals.RoomMissing;
        if (map.Space(spaceId) is not { IsOffered: true } room)
            return EventRefusals.RoomUnknown;
        return hosted.Capacity > room.Capacity ? EventRefusals.RoomTooSmall(room.Name, room.Capacity) : null;
    }

    private static Refusal? Texts(EventDraft draft)
    {
        (string? Text, string Field, int Max)[] texts =
        [
            (draft.TitleGerman, "titleGerman", Event.TitleMax), (draft.TitleEnglish, "titleEnglish", Event.TitleMax),
            (draft.TextGerman, "textGerman", Event.TextMax), (draft.TextEnglish, "textEnglish", Event.TextMax),
        ];
        if (TypedText.Line(draft.TitleGerman) is null && TypedText.Line(draft.TitleEnglish) is null)
            return EventRefusals.TitleMissing;
        foreach (var (text, field, max) in texts)
        {
            if (text?.Length > max)
                return EventRefusals.TooLong(field, max);
        }

        return string.IsNullOrWhiteSpace(draft.JoinLink) || IsJoinLink(draft.JoinLink.Trim()) ? null : EventRefusals.JoinLinkInvalid;
    }

    private static bool IsJoinLink(string link) =>
        link.Length <= Event.JoinLinkMax && link.All(c => c is > ' ' and < '\x7f' && c is not ('"' or '<' or '>' or '\\'))
        && Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0;

    private static Space? Room(EventDraft draft, HubMap map) =>
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

    private static Refusal? Numbers(FilledDraft filled)
    {
        if (filled.Capacity is < 1 or > Event.CapacityMax)
            return EventRefusals.CapacityOut;
        if (filled.Room is { } room && filled.Capacity > room.Capacity)
            return EventRefusals.RoomTooSmall(room.Name, room.Capacity);
        if (filled.SetUpMinutes is < 0 or > BufferMinutesMax)
            return EventRefusals.MinutesOut("setUpMinutes");
        if (filled.TearDownMinutes is < 0 or > BufferMinutesMax)
            return EventRefusals.MinutesOut("tearDownMinutes");
        return filled.Reminders.Count > ReminderRule.PerEventMax || filled.Reminders.Any(time => !ReminderRule.MayBeOfAnEvent(time))
            ? EventRefusals.RemindersInvalid
            : null;
    }
}
