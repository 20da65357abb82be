using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Bookings;

/// <summary>A wish for the waiting list as its form or a link sends it: raw text, so that invalid input can be shown again.</summary>
public sealed record WishForm
{
    private const int ThingsMax = 20;

    public string Kind { get; init; } = "room";

    public string? Site { get; init; }

    public string? Day { get; init; }

    public string? Until { get; init; }

    public string? Start { get; init; }

    public string? End { get; init; }

    public string? Length { get; init; }

    public string? People { get; init; }

    public IReadOnlySet<string> With { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public bool Auto { get; init; }

    public SpaceKind SpaceKind => FormParse.OneOf<SpaceKind>(Kind) ?? SpaceKind.Room;

    public static WishForm Of(Func<string, StringValues> read)
    {
        string? Text(string key) => read(key).ToString() is { Length: > 0 and <= 60 } text ? text : null;
        return new()
        {
            Kind = Text("kind") ?? "room",
            Site = Text("site"),
            Day = Text("day"),
            Until = Text("until"),
            Start = Text("start"),
            End = Text("end"),
            Length = Text("length"),
            People = Text("people"),
            With = read("with").OfType<string>().Take(ThingsMax).ToHashSet(StringComparer.Ordinal),
            Auto = FormParse.Flag(Text("auto")) == true,
        };
    }

    /// <summary>What was not said, as most people mean it.</summary>
    public WishForm WithUsual(LocalDate? day) => this with
    {
        Day = Day ?? (day is { } date ? FormParse.Write(date) : null),
        Start = Start ?? FormParse.Write(new LocalTime(9, 0)),
        End = End ?? FormParse.Write(new LocalTime(18, 0)),
        Length = Length ?? 60.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The window; null when something typed makes no sense, which is then named in the errors.</summary>
    public When? When(FormErrors errors)
    {
        var (day, until) = (FormParse.Date(Day), FormParse.Date(Until));
        var (start, end) = (FormParse.Time(Start), FormParse.Time(End));
        if (day is null)
            errors.Add("day", Speak.T("Choose a day.", "Wählen Sie einen Tag.", "Wähle einen Tag."));
        if (until is null && Until is not null)
            errors.Add("until",
                Speak.T("Choose a last day, or leave it empty.", "Wählen Sie einen letzten Tag oder lassen Sie das Feld leer.",
                    "Wähle einen letzten Tag oder lass das Feld leer."));
        if (start is null)
            errors.Add("start", Speak.T("Enter a time such as 14:00.", "Geben Sie eine Uhrzeit an, etwa 14:00.",
                "Gib eine Uhrzeit an, etwa 14:00."));
        if (end is null)
            errors.Add("end", Speak.T("Enter a time such as 18:00.", "Geben Sie eine Uhrzeit an, etwa 18:00.",
                "Gib eine Uhrzeit an, etwa 18:00."));
        if (People is not null && FormParse.Number(People) is null)
            errors.Add("people", Speak.T("Enter a number of people, or leave it empty.",
                "Geben Sie eine Personenzahl an oder lassen Sie das Feld leer.",
                "Gib eine Personenzahl an oder lass das Feld leer."));
        if (errors.Any)
            return null;
        var last = until ?? day!.Value;
        return DigiHub.Bookings.When.Between(day!.Value + start!.Value,
            end == LocalTime.Midnight ? last.PlusDays(1).AtMidnight() : last + end!.Value);
    }
}
