using System.Globalization;
using DigiHub.Spaces;

namespace DigiHub.Imports;

/// <summary>
/// MRBS: its iCal export, or its tables mrbs_area, mrbs_room, mrbs_entry and mrbs_users as CSV, told apart by their columns. Times are Unix
/// seconds, and each date of a series is a row of its own, so the table of series is not needed.
/// </summary>
internal static class MrbsFiles
{
    private const int AwaitsApproval = 2; // a bit of the status

    public static Outcome<IReadOnlyList<ForeignBooking>> Bookings(IReadOnlyList<ForeignFile> files, ForeignSite site)
    {
        if (files.All(IcsFiles.IsOne))
            return IcsFiles.Bookings(files, site);
        var read = Tables.Read(files);
        if (!read.IsDone)
            return read.Refusal;
        var tables = read.Value;
        if (tables.Entries is not { } entries || tables.Rooms is not { } rooms)
            return ForeignTables.NotOfIt;
        var periods = tables.Areas is { } areas
            ? areas.Rows.Where(row => areas.Of(row, "enable_periods") == "1").Select(row => areas.Of(row, "id"))
                .ToHashSet(StringComparer.Ordinal)
            : [];
        var byRoom = rooms.Rows.Where(row => rooms.Of(row, "id") is not null)
            .DistinctBy(row => rooms.Of(row, "id")).ToDictionary(row => rooms.Of(row, "id")!, StringComparer.Ordinal);
        var addresses = tables.Addresses();
        return entries.Rows.Select(row => Booking(row)).ToList();

        ForeignBooking Booking(CsvRow row)
        {
            var room = entries.Of(row, "room_id") is { } id ? byRoom.GetValueOrDefault(id) : null;
            var who = entries.Of(row, "create_by");
            var (start, end) = (Moment("start_time"), Moment("end_time"));
            var status = int.TryParse(entries.Of(row, "status"), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? bits : 0;
            return new()
            {
                Space = room is null ? null : rooms.Of(room, "room_name"),
                Start = start,
                End = end,
                Who = who,
                Address = who is null ? null : who.Contains('@', StringComparison.Ordinal) ? who : addresses.GetValueOrDefault(who),
                Title = entries.Of(row, "name"),
                Id = NumberOf(row),
                Problem = room is not null && periods.Contains(rooms.Of(room, "area_id")) ? ImportRefusals.PeriodsOnly
                    : (status & AwaitsApproval) != 0 ? ImportRefusals.NotApproved
                    : start is null || end is null ? ImportRefusals.TimeUnreadable : null,
            };

            LocalDateTime? Moment(string column) =>
                long.TryParse(entries.Of(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is > 0 and < 10_000_000_000 ? site.Place.Time.Local(Instant.FromUnixTimeSeconds(seconds)) : null;
        }

        // As the iCal export has it, so that the same booking is known by either.
        string? NumberOf(CsvRow row) => (entries.Of(row, "ical_uid"), entries.Of(row, "ical_recur_id"), entries.Of(row, "id")) switch
        {
            ({ } uid, { } recurs, _) => $"{uid}/{recurs}",
            ({ } uid, null, _) => uid,
            (_, _, { } id) => $"entry {id}",
            _ => null,
        };
    }

    public static Outcome<byte[]> Spaces(IReadOnlyList<ForeignFile> files)
    {
        var read = Tables.Read(files);
        if (!read.IsDone)
            return read.Refusal;
        if (read.Value.Rooms is not { } rooms)
            return ForeignTables.NotOfIt;
        var areas = read.Value.Areas;
        var floors = areas?.Rows.DistinctBy(row => areas.Of(row, "id"))
            .ToDictionary(row => areas.Of(row, "id") ?? "", row => FloorNamed.Level(areas.Of(row, "area_name")), StringComparer.Ordinal)
            ?? [];
        return ForeignTables.Table(
            [SpaceColumns.Name, SpaceColumns.Kind, SpaceColumns.Level, SpaceColumns.Capacity, SpaceColumns.Offered],
            [
                .. rooms.Rows.Select(row => new[]
                {
                    rooms.Of(row, "room_name"), nameof(SpaceKind.Room), floors.GetValueOrDefault(rooms.Of(row, "area_id") ?? "") ?? "0",
                    rooms.Of(row, "capacity") is { } seats and not "0" ? seats : "1", rooms.Of(row, "disabled") == "1" ? "false" : "true",
                }),
            ]);
    }

    public static Outcome<byte[]> Members(IReadOnlyList<ForeignFile> files)
    {
        var read = Tables.Read(files);
        if (!read.IsDone)
            return read.Refusal;
        if (read.Value.Users is not { } users)
            return ForeignTables.NotOfIt;
        return ForeignTables.Table(
            [MemberImport.NameColumn, MemberImport.EmailColumn],
            [.. users.Rows.Select(row => new[] { users.Of(row, "display_name") ?? users.Of(row, "name"), users.Of(row, "email") })]);
    }

    private sealed class Tables
    {
        public ForeignCsv? Areas { get; private set; }

        public ForeignCsv? Rooms { get; private set; }

        public ForeignCsv? Entries { get; private set; }

        public ForeignCsv? Users { get; private set; }

        public static Outcome<Tables> Read(IReadOnlyList<ForeignFile> files)
        {
            Tables tables = new();
            foreach (var file in files)
            {
                var read = ForeignCsv.Read(file);
                if (!read.IsDone)
                    return read.Refusal;
                var table = read.Value;
                if (table.Has("area_name"))
                    tables.Areas = table;
                else if (table.Has("room_name"))
                    tables.Rooms = table;
                else if (table.Has("start_time", "room_id") && !table.Has("rep_type", "end_date"))
                    tables.Entries = table;
                else if (table.Has("name", "email"))
                    tables.Users = table;
            }

            return tables;
        }

        /// <summary>By the names with which people sign in there.</summary>
        public Dictionary<string, string> Addresses() => Users is not { } users
            ? new(StringComparer.OrdinalIgnoreCase)
            : users.Rows.Select(row => (Name: users.Of(row, "name"), Email: users.Of(row, "email")))
                .Where(one => one is { Name: not null, Email: not null }).DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(one => one.Name!, one => one.Email!, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>Other systems have no numbers of floors, but often names such as "2. OG".</summary>
internal static class FloorNamed
{
    /// <summary>The first number in the name; null: there is none.</summary>
    public static string? Level(string? name)
    {
        var digits = name is null ? "" : new string([.. name.SkipWhile(sign => !char.IsAsciiDigit(sign)).TakeWhile(char.IsAsciiDigit)]);
        return digits.Length is > 0 and < 4 ? digits : null;
    }
}
