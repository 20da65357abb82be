using System.Text.Json;
using DigiHub.Spaces;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Imports;

/// <summary>
/// Seatsurfing: answers of its API that were saved, told apart by what stands in them: /location/, /location/{id}/map (not needed),
/// /location/{id}/space/ and /booking/filter/. Its times end in Z or an offset but are the wall clock of the location.
/// </summary>
internal static class SeatsurfingFiles
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { MaxDepth = 16 };

    private static readonly LocalDateTimePattern wallClock = LocalDateTimePattern.ExtendedIso;

    public static Outcome<IReadOnlyList<ForeignBooking>> Bookings(IReadOnlyList<ForeignFile> files, ForeignSite site)
    {
        var read = Things(files);
        if (!read.IsDone)
            return read.Refusal;
        var locations = Locations(read.Value);
        return read.Value.Where(one => one is { Enter: not null, Leave: not null }).Select(one =>
        {
            var location = one.Space?.LocationId is { } id ? locations.GetValueOrDefault(id) : null;
            var zone = location?.Timezone is { Length: > 0 } name && DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } known
                ? new SiteTime(known) : site.Place.Time;
            var (start, end) = (Moment(one.Enter!, zone, site.Place.Time), Moment(one.Leave!, zone, site.Place.Time));
            return new ForeignBooking
            {
                Space = one.Space?.Name,
                Start = start,
                End = end,
                Who = string.Join(' ', new[] { one.UserFirstname, one.UserLastname }.Where(part => !string.IsNullOrWhiteSpace(part))),
                Address = one.UserEmail,
                Title = one.Subject,
                Id = one.Id,
                Problem = one.Approved == false ? ImportRefusals.NotApproved
                    : start is null || end is null ? ImportRefusals.TimeUnreadable : null,
            };
        }).ToList();
    }

    public static Outcome<byte[]> Spaces(IReadOnlyList<ForeignFile> files)
    {
        var read = Things(files);
        if (!read.IsDone)
            return read.Refusal;
        var locations = Locations(read.Value);
        return ForeignTables.Table(
            [SpaceColumns.Name, SpaceColumns.Kind, SpaceColumns.Level, SpaceColumns.Capacity, SpaceColumns.Offered],
            [
                .. read.Value.Where(one => one is { LocationId: not null, Enter: null }).Select(one => new[]
                {
                    one.Name, nameof(SpaceKind.Desk), FloorNamed.Level(locations.GetValueOrDefault(one.LocationId!)?.Name) ?? "0", "1",
                    one.Enabled == false ? "false" : "true",
                }),
            ]);
    }

    private static Dictionary<string, Thing> Locations(IReadOnlyList<Thing> things) => things
        .Where(one => one is { Id: not null, LocationId: null, Enter: null }).DistinctBy(one => one.Id, StringComparer.Ordinal)
        .ToDictionary(one => one.Id!, StringComparer.Ordinal);

    private static LocalDateTime? Moment(string written, SiteTime there, SiteTime here)
    {
        // Without what is behind the seconds: neither Z nor an offset means anything.
        if (written.Length < 19 || wallClock.Parse(written[..19]) is not { Success: true, Value: var local })
            return null;
        return there.Zone.Equals(here.Zone) ? local : here.Local(there.Shifted(local));
    }

    private static Outcome<IReadOnlyList<Thing>> Things(IReadOnlyList<ForeignFile> files)
    {
        List<Thing> things = [];
        foreach (var file in files)
        {
            try
            {
                var text = file.Content.AsSpan();
                if (text.StartsWith("\uFEFF"u8))
                    text = text[3..];
                using var document = JsonDocument.Parse(text.ToArray(), new() { MaxDepth = 16 });
                if (document.RootElement.ValueKind == JsonValueKind.Array) // else it is a map
                    things.AddRange(document.RootElement.Deserialize<List<Thing?>>(json)!.OfType<Thing>());
            }
            catch (JsonException)
            {
                return ForeignTables.NotOfIt;
            }
        }

        return things;
    }

    /// <summary>A location, a space or a booking, with what of each is read.</summary>
    private sealed record Thing
    {
        public string? Id { get; init; }

        public string? Name { get; init; }

        public string? LocationId { get; init; }

        public string? Timezone { get; init; }

        public bool? Enabled { get; init; }

        public string? Enter { get; init; }

        public string? Leave { get; init; }

        public string? UserEmail { get; init; }

        public string? UserFirstname { get; init; }

        public string? UserLastname { get; init; }

        public string? Subject { get; init; }

        public bool? Approved { get; init; }

        public Thing? Space { get; init; }
    }
}
