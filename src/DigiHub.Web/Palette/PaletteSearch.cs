using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;
using DigiHub.Web.Components;
using static DigiHub.Web.Components.Speak;

namespace DigiHub.Web.Palette;

/// <summary>
/// What a line means to its reader: what could be booked then, and what they may open. Writes nothing, and is no search that counts as an
/// unmet wish.
/// </summary>
public sealed class PaletteSearch(
    Catalogue catalogue, OneMember oneMember, PaletteBookings bookings, MemberSearch memberSearch, DelegationsOf delegationsOf,
    IClock clock)
{
    public const int RowsMax = 8;

    private const int PagesMax = 5, PeopleMax = 3;

    /// <summary>At most <see cref="RowsMax"/> rows, the best first.</summary>
    public async Task<PaletteAnswer> Run(string? typed, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var member = await oneMember.Find(viewer.MemberId, stop);
        var home = (member?.HomeSiteId is { } id ? map.Place(id) : null) ?? (map.Places is [var first, ..] ? first : null);
        var now = clock.GetCurrentInstant();
        var line = typed is { Length: > PaletteText.TypedMax } ? typed[..PaletteText.TypedMax] : typed ?? "";
        var (named, unnamed) = PaletteNames.Take(map, line);
        var local = home?.Time.Local(now) ?? now.InUtc().LocalDateTime;
        var whole = PaletteText.Read(line, local);
        var wish = named is null ? whole : PaletteText.Read(unnamed, local);
        if (whole.Words.Count == 0)
            return new(Cut([.. await Usual(viewer, home, stop), Open(PalettePage.All.Take(PagesMax))]));

        var (place, rest) = PaletteNames.TakeSite(map, wish.Rest);
        var spaces = named is null ? [.. PaletteNames.Spaces(map, rest).Take(PaletteBookings.ActsMax)] : new List<Space> { named };
        var (pages, people) = (Pages(whole.Words, viewer), await People(rest, wish, place ?? home, viewer, stop));
        List<PaletteGroup> groups = [];
        string? note = null;
        if (home is not null && (spaces.Count > 0 || wish.IsOfTime && (rest.Count == 0 || people.Rows.Count == 0)))
        {
            var found = await bookings.Find(map, wish, spaces, place, home, viewer, stop);
            (groups, note) = ([.. found.Groups], found.Note);
        }

        // Who typed the name of a page means it, whatever else the words might say.
        var meant = pages.Where(page => page.Fits(whole.Words) >= PalettePage.Named).ToList();
        groups = meant.Count > 0 && wish.Day is null && wish.Start is null
            ? [Open(meant), .. people.Rows.Count > 0 ? [people] : Array.Empty<PaletteGroup>(), .. groups, Open(pages.Except(meant))]
            : [.. people.Rows.Count > 0 ? [people] : Array.Empty<PaletteGroup>(), .. groups, Open(pages)];
        var cut = Cut(groups);
        return cut.Count > 0
            ? new(cut, note)
            : new(Cut([Open(PalettePage.All.Where(page => page.Href is Paths.Rooms or Paths.Desks))]), note, IsNoHit: true);
    }

    private static List<PalettePage> Pages(IReadOnlyList<string> words, Viewer viewer) =>
        [.. PalettePage.All.Where(page => page.IsFor(viewer)).Select(page => (Page: page, Fits: page.Fits(words)))
            .Where(one => one.Fits > 0).OrderByDescending(one => one.Fits).Select(one => one.Page)
            .DistinctBy(page => (page.Href, page.Name)).Take(PagesMax)];

    private static PaletteGroup Open(IEnumerable<PalettePage> pages) => new(T("Go to", "Öffnen"),
        [.. pages.Select(page => new PaletteRow(page.Name.Here, page.Icon) { Href = page.Href, Hint = page.Hint?.Here })]);

    private async Task<IReadOnlyList<PaletteGroup>> Usual(Viewer viewer, SiteContext? home, CancellationToken stop) =>
        home is not null && viewer.MemberId is { } me && await bookings.Usual(me, stop) is { } row
            ? [new(T("Next", "Als Nächstes"), [row])]
            : [];

    /// <summary>For whom the reader may book: at the front desk, or as a delegate; and whom they manage.</summary>
    private async Task<PaletteGroup> People(
        IReadOnlyList<string> rest, PaletteWish wish, SiteContext? home, Viewer viewer, CancellationToken stop)
    {
        List<PaletteRow> rows = [];
        if (rest.Count > 0 && home is not null && viewer.MemberId is { } me)
        {
            var name = string.Join(' ', rest);
            if (viewer.ActsFor.Any())
                rows.AddRange((await delegationsOf.Run(me, stop)).For.Where(one => SearchText.IsIn(one.Other, name))
                    .Select(one => BookFor(one.Delegation.MemberId, one.Other, hint: null, wish, home)));
            var at = viewer.May(Permission.BookForOthers, home.Site.Id) ? home
                : (await catalogue.Map(stop)).Places.FirstOrDefault(one => viewer.May(Permission.BookForOthers, one.Site.Id));
            if (at is not null)
                rows.AddRange((await memberSearch.Run(name, viewer, stop)).Take(PeopleMax)
                    .SelectMany(found => Of(found, wish, at, viewer)));
        }

        return new(T("People", "Personen"), [.. rows.DistinctBy(row => row.Href).Take(PeopleMax + 1)]);
    }

    private static IEnumerable<PaletteRow> Of(FoundMember found, PaletteWish wish, SiteContext at, Viewer viewer)
    {
        yield return BookFor(found.Id, found.Name, found.Email, wish, at);
        if (viewer.May(Permission.ManageMembers))
            yield return new(found.Name, "person") { Href = Paths.Person(found.Id), Hint = T("Administration", "Verwaltung") };
    }

    private static PaletteRow BookFor(Guid memberId, PersonName name, string? hint, PaletteWish wish, SiteContext at) =>
        new(T($"Book for {name.Isolated}", $"Für {name.Isolated} buchen"), "person")
        {
            Href = Paths.FindAt(at.Site.Slug, wish.Kind ?? SpaceKind.Desk, wish.Day, memberId),
            Hint = hint,
        };

    private static List<PaletteGroup> Cut(IEnumerable<PaletteGroup> groups)
    {
        List<PaletteGroup> cut = [];
        var left = RowsMax;
        // Ways of two kinds stand under one heading, where the first of them does.
        foreach (var group in groups.Where(group => group.Rows.Count > 0).GroupBy(group => group.Title, StringComparer.Ordinal))
        {
            var rows = group.SelectMany(one => one.Rows).DistinctBy(row => row.Href ?? row.Text).Take(left).ToList();
            left -= rows.Count;
            if (rows.Count > 0)
                cut.Add(new(group.Key, rows));
        }

        return cut;
    }
}
