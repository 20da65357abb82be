using DigiHub.Events;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>What pages and e-mails say of an event in few words.</summary>
public static class EventWords
{
    /// <summary>"12 seats left", "Full: waiting list", "Cancelled": how registration stands for a newcomer.</summary>
    public static Words Seats(RegistrationState state, int seatsLeft) => state switch
    {
        RegistrationState.Draft => new("Draft", "Entwurf"),
        RegistrationState.Cancelled => new("Cancelled", "Abgesagt"),
        RegistrationState.Started => new("Has begun", "Hat begonnen"),
        RegistrationState.NotYetOpen => new("Registration not open yet", "Anmeldung noch nicht geöffnet"),
        RegistrationState.Closed => new("Registration closed", "Anmeldung geschlossen"),
        RegistrationState.WaitingList => new("Full: waiting list", "Ausgebucht: Warteliste"),
        RegistrationState.Full => new("Full", "Ausgebucht"),
        _ => seatsLeft == 1
            ? new("1 seat left", "noch 1 Platz")
            : new($"{Figures.Of(seatsLeft).English} seats left", $"noch {Figures.Of(seatsLeft).German} Plätze"),
    };

    /// <summary>"Hub East, Spree", "Online", "Hub East, Spree and online"; a draft in person may have no room yet.</summary>
    public static Words Place(EventFormat format, Site site, Space? room)
    {
        var at = room is null ? new Words(site.Name, site.Name) : new Words($"{site.Name}, {room.Name}", $"{site.Name}, {room.Name}");
        return format switch
        {
            EventFormat.Online => new("Online", "Online"),
            EventFormat.Hybrid => new($"{at.English} and online", $"{at.German} und online"),
            _ => at,
        };
    }

    public static Words Of(EventFormat format) => format switch
    {
        EventFormat.Online => new("Online", "Online"),
        EventFormat.Hybrid => new("On site and online", "Vor Ort und online"),
        _ => new("On site", "Vor Ort"),
    };

    /// <summary>The language its title is read in here: the reader's, or the other where only that one was written.</summary>
    public static Language TitleLanguage(Event evt) => Written(evt.Title.German, evt.Title.English);

    /// <inheritdoc cref="TitleLanguage"/>
    public static Language TextLanguage(Event evt) => Written(evt.Text.German, evt.Text.English);

    /// <summary>The lang attribute for words that may not be in the page's language; null where they are.</summary>
    public static string? Lang(Language written) => written == Languages.Here ? null : written.Tag();

    private static Language Written(string? german, string? english)
    {
        var (here, other) = (Languages.Here, Languages.Here == Language.German ? Language.English : Language.German);
        var (own, foreign) = here == Language.German ? (german, english) : (english, german);
        return string.IsNullOrWhiteSpace(own) && !string.IsNullOrWhiteSpace(foreign) ? other : here;
    }
}
