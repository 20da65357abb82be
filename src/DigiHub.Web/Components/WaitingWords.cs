using DigiHub.Bookings.Waiting;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Web.Components;

/// <summary>What somebody waits for, in words.</summary>
public static class WaitingWords
{
    /// <summary>"Room Spree"; "2 hours, room, 6 people, screen".</summary>
    public static Words What(WaitingView view, HubDirectory map)
    {
        if (view.Space is { } space)
            return SpaceWords.Named(space);
        if (view.Pool is { } pool)
            return PoolWords.Any(pool);
        var entry = view.Entry;
        List<Words> parts = [AnyOf(entry.Kind)];
        if (entry.Minutes is { } minutes)
            parts.Add(TimeWords.Length(Duration.FromMinutes(minutes)));
        if (entry.People is { } people)
            parts.Add(SpaceWords.Seats(people));
        var things = entry.Things;
        parts.AddRange(map.Equipment.Where(one => things.Contains(one.Key)).Select(one => one.Name.Words));
        return new(string.Join(", ", parts.Select(part => part.English)), string.Join(", ", parts.Select(part => part.German)));
    }

    /// <summary>Where it may be.</summary>
    public static Words Where(WaitingView view) =>
        view.Site is { } place ? new(place.Site.Name, place.Site.Name) : new("any site", "jeder Standort");

    /// <summary>Exactly then, or at some time of it.</summary>
    public static Words When(WaitingEntry entry)
    {
        var span = TimeWords.Span(entry.Window);
        return entry.Minutes is null ? span : new($"at any time of: {span.English}", $"irgendwann in: {span.German}");
    }

    /// <summary>"Number 2 on the waiting list".</summary>
    public static Words Place(int place) => new($"Number {place} on the waiting list", $"Nummer {place} auf der Warteliste");

    /// <summary>"Held for you until 14:20", with the day where it is another one.</summary>
    public static Words HeldUntil(WaitingOffer offer, SiteContext place, Instant now)
    {
        var until = place.Time.Local(offer.Until);
        var clock = TimeWords.Clock(until.TimeOfDay);
        if (until.Date == place.Time.DateOf(now))
            return new($"Held for you until {clock.English}", $"Für Sie frei gehalten bis {clock.German} Uhr",
                $"Für dich frei gehalten bis {clock.Familiar} Uhr");
        var day = TimeWords.ShortDay(until.Date);
        return new($"Held for you until {day.English}, {clock.English}", $"Für Sie frei gehalten bis {day.German}, {clock.German} Uhr",
            $"Für dich frei gehalten bis {day.Familiar}, {clock.Familiar} Uhr");
    }

    private static Words AnyOf(SpaceKind kind) => kind switch
    {
        SpaceKind.Desk => new("Any desk", "Irgendein Arbeitsplatz"),
        SpaceKind.Booth => new("Any phone booth", "Irgendeine Telefonbox"),
        SpaceKind.Lab => new("Any lab", "Irgendein Labor"),
        _ => new("Any room", "Irgendein Raum"),
    };
}
