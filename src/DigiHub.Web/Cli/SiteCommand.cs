using System.CommandLine;
using System.Globalization;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Cli;

/// <summary>Sets up sites as the pages of administration do, for those who write the set-up of a hub into a script.</summary>
internal static class SiteCommand
{
    public static Command Make(Launch launch) => new("site", "Set up sites.") { Add(launch), Spaces(launch) };

    private static Command Add(Launch launch)
    {
        var name = Needed("--name", "Name as members call it, such as \"Hub East\".");
        var street = Needed("--street", "Street and number.");
        var postCode = Needed("--postcode", "Postcode.");
        var city = Needed("--city", "City.");
        var holidays = new Option<string?>("--holidays")
        { Description = "Land whose public holidays close the site, such as BE. Default: none." };
        holidays.AcceptOnlyFromAmong(Enum.GetNames<Land>());

        var add = new Command("add", "Add a site, open Monday to Friday from 8:00 to 20:00.") { name, street, postCode, city, holidays };
        add.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub => Answer.Tell(
            await hub.GetRequiredService<AddSite>().Run(actorId: null, new SiteDraft
            {
                Name = parsed.GetRequiredValue(name),
                Street = parsed.GetRequiredValue(street),
                PostCode = parsed.GetRequiredValue(postCode),
                City = parsed.GetRequiredValue(city),
                ZoneId = hub.GetRequiredService<IOptions<HubSettings>>().Value.Zone,
                Holidays = parsed.GetValue(holidays) is { } land ? Enum.Parse<Land>(land) : null,
                Week = SiteDraft.UsualWeek,
            }, stop),
            site => $"Added {site.Name} as '{site.Slug}'. Next, add its desks and rooms: site spaces {site.Slug}."), stop));
        return add;
    }

    private static Command Spaces(Launch launch)
    {
        var slug = new Argument<string>("site") { Description = "The site's name in addresses, such as east." };
        var level = new Option<int>("--floor") { Description = "Floor; 0 is the ground floor.", Required = true };
        var desks = new Option<int>("--desks") { Description = "How many desks." };
        var first = new Option<string?>("--first-desk") { Description = "Name of the first desk, such as E1-01; the others count on." };
        var rooms = new Option<string[]>("--room")
        { Description = "A room with its seats, such as \"Spree, 8\". May stand several times. With 1 seat it is a phone booth." };

        var add = new Command("spaces", "Add desks and rooms to a floor of a site, all or none.") { slug, level, desks, first, rooms };
        add.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var map = await hub.GetRequiredService<Catalogue>().Map(stop);
            if (map.Place(parsed.GetRequiredValue(slug)) is not { } place)
                return Answer.Misread(new("site_unknown", new(
                    $"There is no such site. There are: {string.Join(", ", map.Places.Select(one => one.Site.Slug))}.", "")));
            var outcome = await hub.GetRequiredService<AddSpaces>().Run(actorId: null, place.Site.Id, new SpacesDraft
            {
                Level = parsed.GetValue(level),
                Desks = parsed.GetValue(desks),
                FirstDesk = parsed.GetValue(first),
                Rooms = string.Join('\n', parsed.GetValue(rooms) ?? []),
            }, stop);
            return Answer.Tell(outcome, added => string.Create(CultureInfo.InvariantCulture,
                $"Added {added.Spaces.Count} to {place.Site.Name}, {added.Floor.Name.English}. They can be booked now."));
        }, stop));
        return add;
    }

    private static Option<string> Needed(string name, string description) => new(name) { Description = description, Required = true };
}
