using DigiHub.Access;
using DigiHub.Text;
using DigiHub.Web.Layout;

namespace DigiHub.Web.Palette;

/// <summary>A page or a setting that is found by its name, in either language.</summary>
/// <param name="Needs">Without it the page is not there for its reader; null: for every member.</param>
public sealed record PalettePage(string Href, string Icon, Words Name, Permission? Needs = null, Words? Hint = null)
{
    /// <summary>What it fits where its name is typed, but for one word of it.</summary>
    public const int Named = Whole - Less;

    private const int Whole = 300, Less = 10;

    private static readonly Words Administration = new("Administration", "Verwaltung");
    private static readonly Words Setting = new("Setting", "Einstellung");

    /// <summary>Where members book and what is theirs, then what needs a permission, in the order of the menus; settings last.</summary>
    public static IReadOnlyList<PalettePage> All { get; } =
    [
        new(Paths.MyBookings, "mine", new("My bookings", "Meine Buchungen")),
        new(Paths.Home, "today", new("Today", "Heute")),
        new(Paths.Desks, "desk", new("Desks", "Plätze")),
        new(Paths.Rooms, "room", new("Rooms", "Räume")),
        new(Paths.Events, "event", new("Events", "Veranstaltungen")),
        new(Paths.Find, "search", new("Find a desk or room", "Platz oder Raum finden")),
        new(Paths.WaitingList, "clock", new("Waiting list", "Warteliste")),
        new(Paths.Absence, "close", new("I’m away", "Ich bin nicht da")),
        new(Paths.Proposals, "repeat", new("Swaps and hand-overs", "Tausch und Übergabe")),
        new(Paths.Account, "person", new("My account", "Mein Konto")),
        new(Paths.CalendarLinks, "event", new("Calendar links", "Kalender-Links")),
        new(Paths.Delegates, "people", new("Delegates", "Stellvertretung")),
        new(Paths.OwnPrivacy, "info", new("My data", "Meine Daten")),
        new(Paths.Organise, "organise", new("Organise events", "Veranstaltungen organisieren"), Permission.HostEvents),
        new(Paths.NewEvent, "plus", new("New event", "Neue Veranstaltung"), Permission.HostEvents),
        new(Paths.FrontDesk, "front-desk", new("Front desk", "Empfang"), Permission.RunFrontDesk),
        new(Paths.Guests, "people", new("Guests today", "Gäste heute"), Permission.RunFrontDesk),
        .. AdminMenu.Items.Select(item => new PalettePage(item.Href, item.Icon,
            item.Href == Paths.Admin ? Administration : item.Name, item.Permission, item.Href == Paths.Admin ? null : Administration)),
        new(Paths.InvitePeople, "plus", new("Invite people", "Mitglieder einladen"), Permission.ManageMembers, Administration),
        new(Paths.RuleSets, "list", new("Rules for booking", "Buchungsregeln"), Permission.SeeAdministration, Administration),
        new(Paths.EditLogo, "upload", new("Logo of the hub", "Logo des Hubs"), Permission.ManageSettings, Setting),
        .. BrowserSetting.All.Select(setting => new PalettePage(FormOf(setting), "filter", setting.Label,
            Permission.ManageSettings, Setting)),
    ];

    public bool IsFor(Viewer viewer) => Needs is not { } needed || viewer.MayAnywhere(needed);

    /// <summary>How well it is meant by these words; 0: not at all. Every word has to stand in its name, or nearly.</summary>
    public int Fits(IReadOnlyList<string> words) => Math.Max(Fits(Name.English, words), Fits(Name.German, words));

    private static int Fits(string name, IReadOnlyList<string> words)
    {
        var own = SearchText.Fold(name).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var sum = 0;
        foreach (var word in words)
        {
            var best = own.Max(one => PaletteNames.Likeness(one, word));
            if (best == 0)
                return 0;
            sum += best;
        }

        // Of two that have all the words the shorter is meant.
        return words.Count == 0 ? 0 : Math.Max(1, sum * Whole / 3 / words.Count - Less * Math.Max(0, own.Length - words.Count));
    }

    private static string FormOf(BrowserSetting setting) =>
        setting.Section == nameof(HubSettings.Imprint) ? Paths.EditImprint
        : Paths.EditSettings(setting.Section.Length == 0 ? "hub" : setting.Section);
}
