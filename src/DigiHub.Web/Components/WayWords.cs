using DigiHub.Reminders;
using DigiHub.Time;

namespace DigiHub.Web.Components;

/// <summary>Why somebody can hardly be in time: the way from another site is longer than the time there is.</summary>
public static class WayWords
{
    /// <summary>Said to who has both, from the side of one of them.</summary>
    /// <param name="bookingId">Of the one that is looked at; empty: it is not booked yet.</param>
    /// <param name="minutes">Of the way.</param>
    public static Words Of(LateFor late, Guid bookingId, int minutes)
    {
        var isLater = late.Later.Id == bookingId;
        var other = isLater ? late.Earlier : late.Later;
        var (name, site, to) = (NameOf(other), other.Place.Site.Name, late.Later.Place.Site.Name);
        var when = isLater ? Clock(other.Local.End.TimeOfDay) : Clock(other.Local.Start.TimeOfDay);
        var verb = isLater ? new Words("ends", "endet") : new Words("begins", "beginnt");
        return new(
            $"{name.English} at {site} {verb.English} at {when.English}. "
                + $"The way to {to} takes {minutes} minutes, so you won’t be there in time.",
            $"{name.German} im {site} {verb.German} um {when.German} Uhr. "
                + $"Der Weg zum {to} dauert {minutes} Minuten, darum sind Sie nicht rechtzeitig dort.",
            $"{name.Familiar} im {site} {verb.Familiar} um {when.Familiar} Uhr. "
                + $"Der Weg zum {to} dauert {minutes} Minuten, darum bist du nicht rechtzeitig dort.");
    }

    /// <summary>"Earliest comfortable start: 11:45".</summary>
    public static Words Comfortable(LocalSpan when)
    {
        var start = Clock(when.Start.TimeOfDay);
        return new($"Earliest comfortable start: {start.English}", $"Frühester bequemer Beginn: {start.German} Uhr");
    }

    private static Words NameOf(DayItem item) =>
        item.Event?.Title.Words ?? (item.Space is { } space ? new Words(space.Name, space.Name) : new("A booking", "Eine Buchung"));

    private static Words Clock(LocalTime time) => TimeWords.Clock(time);
}
