using System.Globalization;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>A desk, room or booth to be: its name and seats.</summary>
internal sealed record NewSpace(SpaceKind Kind, string Name, int Capacity);

/// <summary>Reads what somebody wrote of a floor's desks and rooms, and says of each line what is wrong with it.</summary>
internal static class SpacesReading
{
    /// <summary>At least one; or a refusal that names every field and line that is wrong.</summary>
    public static Outcome<IReadOnlyList<NewSpace>> Read(SpacesDraft draft)
    {
        List<Refusal> wrong = [];
        List<NewSpace> read = [.. Desks(draft, wrong), .. Rooms(draft, wrong)];
        if (draft.Level is < SpacesDraft.LevelMin or > SpacesDraft.LevelMax)
            wrong.Add(LevelOutOfRange);
        var twice = read.GroupBy(space => space.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
            wrong.Add(NameTaken(twice.Key, twice.First().Kind));
        if (wrong.Count == 0 && read.Count == 0)
            wrong.Add(new("nothing_to_add", new(
                "Enter how many desks there are, or a room.", "Geben Sie die Zahl der Plätze oder einen Raum an.",
                "Gib die Zahl der Plätze oder einen Raum an."))
            { Field = "desks" });
        return Refusal.AllOf(wrong) is { } refusal ? refusal : read;
    }

    public static Refusal LevelOutOfRange { get; } = new("level_out_of_range", new(
        $"Enter a floor from {SpacesDraft.LevelMin} to {SpacesDraft.LevelMax}. 0 is the ground floor.",
        $"Geben Sie eine Etage von {SpacesDraft.LevelMin} bis {SpacesDraft.LevelMax} an. 0 ist das Erdgeschoss.",
        $"Gib eine Etage von {SpacesDraft.LevelMin} bis {SpacesDraft.LevelMax} an. 0 ist das Erdgeschoss."))
    { Field = "level" };

    /// <param name="kind">Of the new one, which says in which field it stands.</param>
    public static Refusal NameTaken(string name, SpaceKind kind) => new("space_name_taken", new(
        $"There is already a desk or room called {name} at this site. Choose another name.",
        $"Einen Platz oder Raum namens {name} gibt es an diesem Standort schon. Wählen Sie einen anderen Namen.",
        $"Einen Platz oder Raum namens {name} gibt es an diesem Standort schon. Wähle einen anderen Namen."))
    { Field = kind == SpaceKind.Desk ? "firstDesk" : "rooms" };

    private static IEnumerable<NewSpace> Desks(SpacesDraft draft, List<Refusal> wrong)
    {
        if (draft.Desks is < 0 or > SpacesDraft.DesksMax)
        {
            wrong.Add(new("desks_out_of_range", new(
                $"Add up to {SpacesDraft.DesksMax} desks at once.", $"Fügen Sie höchstens {SpacesDraft.DesksMax} Plätze auf einmal hinzu.",
                $"Füge höchstens {SpacesDraft.DesksMax} Plätze auf einmal hinzu."))
            { Field = "desks" });
            return [];
        }

        if (draft.Desks == 0)
            return [];
        var first = TypedText.Line(draft.FirstDesk) ?? "";
        var name = first.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        var digits = first.Length - name.Length;
        if (digits is 0 or > 6 || first.Length > Space.NameMax - 3) // the numbers may grow by some digits
        {
            wrong.Add(new("first_desk_without_number", new(
                "Enter the first desk’s name with its number at the end, such as E1-01.",
                "Geben Sie den Namen des ersten Platzes mit seiner Nummer am Ende an, etwa E1-01.",
                "Gib den Namen des ersten Platzes mit seiner Nummer am Ende an, etwa E1-01."))
            { Field = "firstDesk" });
            return [];
        }

        var number = int.Parse(first.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return Enumerable.Range(number, draft.Desks).Select(next => new NewSpace(
            SpaceKind.Desk, name + next.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'), 1));
    }

    private static List<NewSpace> Rooms(SpacesDraft draft, List<Refusal> wrong)
    {
        var lines = (TypedText.Lines(draft.Rooms) ?? "").Split('\n');
        List<NewSpace> read = [];
        for (var number = 1; number <= lines.Length; number++)
        {
            if (TypedText.Line(lines[number - 1]) is not { } line)
                continue;
            var comma = line.LastIndexOf(',');
            var name = comma < 0 ? null : TypedText.Line(line[..comma]);
            if (name is null || name.Length > Space.NameMax
                || !int.TryParse(line.AsSpan(comma + 1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var seats)
                || seats is < 1 or > Space.PeopleMax)
            {
                wrong.Add(new("room_unreadable", new(
                    $"Line {number}: write the room’s name, a comma and the number of seats, such as “Spree, 8”.",
                    $"Zeile {number}: Schreiben Sie den Namen des Raums, ein Komma und die Zahl der Plätze, etwa „Spree, 8“.",
                    $"Zeile {number}: Schreib den Namen des Raums, ein Komma und die Zahl der Plätze, etwa „Spree, 8“."))
                { Field = "rooms" });
                break; // one line at a time: the field has room for one sentence
            }

            read.Add(new(seats == 1 ? SpaceKind.Booth : SpaceKind.Room, name, seats));
        }

        if (read.Count > SpacesDraft.RoomsMax)
            wrong.Add(new("too_many_rooms", new(
                $"Add up to {SpacesDraft.RoomsMax} rooms at once.", $"Fügen Sie höchstens {SpacesDraft.RoomsMax} Räume auf einmal hinzu.",
                $"Füge höchstens {SpacesDraft.RoomsMax} Räume auf einmal hinzu."))
            { Field = "rooms" });
        return read;
    }
}
