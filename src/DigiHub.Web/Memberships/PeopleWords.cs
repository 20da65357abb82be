using DigiHub.Members;
using DigiHub.Time;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Memberships;

/// <summary>People of an organisation in words.</summary>
internal static class PeopleWords
{
    public static Words Count(int people) => people switch
    {
        0 => new("nobody yet", "noch niemand"),
        1 => new("1 person", "1 Person"),
        _ => new($"{people} people", $"{people} Personen"),
    };

    public static Words Bookings(int count) => count switch
    {
        0 => new("no bookings ahead", "keine kommenden Buchungen"),
        1 => new("1 booking ahead", "1 kommende Buchung"),
        _ => new($"{count} bookings ahead", $"{count} kommende Buchungen"),
    };

    public static Words Of(MembershipRole role) => role switch
    {
        MembershipRole.Member => new("Member", "Mitglied"),
        MembershipRole.Administrator => new("Administrator", "Verwaltung"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A role without words."),
    };

    /// <summary>By the day: colleagues need not know the minute.</summary>
    public static Words LastSeen(Instant? seen, Instant now, DateWords words)
    {
        if (seen is not { } at)
            return new("Not signed in just now", "Zurzeit nicht angemeldet");
        var days = Period.DaysBetween(words.DayOf(at), words.DayOf(now));
        return days switch
        {
            <= 0 => new("Last seen today", "Zuletzt heute gesehen"),
            1 => new("Last seen yesterday", "Zuletzt gestern gesehen"),
            < 7 => new($"Last seen {days} days ago", $"Zuletzt vor {days} Tagen gesehen"),
            _ => new(
                $"Last seen on {TimeWords.Date(words.DayOf(at)).English}", $"Zuletzt gesehen: {TimeWords.Date(words.DayOf(at)).German}"),
        };
    }
}
