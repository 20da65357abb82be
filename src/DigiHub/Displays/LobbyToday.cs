using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Spaces;

namespace DigiHub.Displays;

/// <summary>An event of today, as a lobby shows it.</summary>
/// <param name="Place">Of its site, which may be another than the lobby's.</param>
/// <param name="Space">Null: it takes place online.</param>
public sealed record LobbyEvent(EventSummary Summary, SiteContext Place, Space? Space, bool IsRunning);

/// <summary>What the screen in the lobby of a site shows: a part of the events, and all of the rest.</summary>
/// <param name="Now">At the site.</param>
/// <param name="Events">Of all sites, that are not over, by start; those of this page.</param>
/// <param name="Rooms">Of this site, that are free for a while.</param>
/// <param name="Closes">When the site closes today; null: it is closed.</param>
/// <param name="Page">From 1.</param>
public sealed record Lobby(
    SiteContext Place, LocalDateTime Now, IReadOnlyList<LobbyEvent> Events, IReadOnlyList<FreeRoom> Rooms, LocalDateTime? Closes,
    int Page, int Pages);

/// <summary>What takes place today at all sites, and which rooms are free at this one. Nothing of it is about a person.</summary>
public sealed class LobbyToday(HubDbFactory databases, FreeNow freeNow, Catalogue catalogue, IClock clock)
{
    /// <summary>So many lines can be read from afar.</summary>
    public const int EventsPerPage = 4;

    public const int PagesMax = 6;

    /// <param name="page">From 1; one that is not there is the first.</param>
    /// <returns>Null: no such site in use.</returns>
    public async Task<Lobby?> Run(int siteId, int page, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Places.FirstOrDefault(one => one.Site.Id == siteId) is not { } place)
            return null;
        var now = clock.GetCurrentInstant();
        var local = place.Time.Local(now);
        List<LobbyEvent> events = [];
        await using (var db = databases.Open())
        {
            foreach (var site in map.Places)
                events.AddRange(await Today(db, map, site, now, stop));
        }

        events = [.. events.OrderBy(one => one.Summary.Event.Start).ThenBy(one => one.Summary.Event.Id).Take(PagesMax * EventsPerPage)];
        var pages = Math.Max(1, (events.Count + EventsPerPage - 1) / EventsPerPage);
        var shown = page >= 1 && page <= pages ? page : 1;
        var open = place.Hours.On(local.Date)?.On(local.Date);
        return new(
            place, local, [.. events.Skip((shown - 1) * EventsPerPage).Take(EventsPerPage)], await freeNow.Run(siteId, stop),
            open is { } hours && local >= hours.Start && local < hours.End ? hours.End : null, shown, pages);
    }

    private static async Task<IEnumerable<LobbyEvent>> Today(
        HubDb db, HubDirectory map, SiteContext site, Instant now, CancellationToken stop)
    {
        var (siteId, day) = (site.Site.Id, site.Time.DayOf(site.Time.DateOf(now)));
        var found = await EventCards.Of(
            db,
            db.Events.Where(evt => evt.SiteId == siteId && evt.Status == EventStatus.Published && evt.Start < day.End && evt.End > now)
                .OrderBy(evt => evt.Start).ThenBy(evt => evt.Id).Take(PagesMax * EventsPerPage),
            stop);
        return found.Select(one => new LobbyEvent(
            one, site, one.Event.SpaceId is { } id ? map.Space(id) : null, one.Event.Start <= now));
    }
}
