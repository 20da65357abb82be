using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Layout;
using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Bookings;

/// <summary>
/// A booking request as a form or link sends it: raw text, so that invalid input can be shown again. The time is one of
/// three: from and to (what a button offers), a day with start and end, or a day with a part of it and perhaps a last day.
/// </summary>
public sealed class BookForm
{
    /// <summary>The handler name of every form that books; all are sent to the book page.</summary>
    public const string Handler = "book";

    /// <summary>Before the id of a pool, chosen among single rooms: "any-12".</summary>
    public const string AnyOf = "any-";

    public string? Space { get; init; }
    /// <summary>Any of this pool; then the space does not matter.</summary>
    public string? Pool { get; init; }
    public string? Day { get; init; }
    public string? Start { get; init; }
    public string? End { get; init; }
    public string? Part { get; init; }
    public string? Until { get; init; }
    public string? Title { get; init; }
    public string? People { get; init; }
    /// <summary>Whom the front desk books for; empty for oneself.</summary>
    public string? For { get; init; }
    public string ReturnUrl { get; init; } = Paths.Home;

    /// <summary>From what was posted, or from the address of a link.</summary>
    public static async Task<BookForm> Of(HttpRequest request, CancellationToken stop)
    {
        if (!HttpMethods.IsPost(request.Method))
            return Of(key => request.Query[key]);
        var form = await request.ReadFormAsync(stop);
        return Of(key => form[key]);
    }

    /// <summary>From the day and the times that were typed, where they are a span; null where they are not.</summary>
    public LocalSpan? Exact => FormParse.Date(Day) is { } day && FormParse.Time(Start) is { } start && FormParse.Time(End) is { } end
        && LocalSpan.Typed(day + start, EndOn(FormParse.Date(Until) ?? day, end)) is { IsDone: true } span ? span.Value : null;

    public int? PoolId => FormParse.Number(
        Space is { } any && any.StartsWith(AnyOf, StringComparison.Ordinal) ? any[AnyOf.Length..] : Pool);

    public int? SpaceId => FormParse.Number(Space);

    /// <summary>Null when something typed makes no sense; each such thing is then named in the errors.</summary>
    public When? When(Space space, FormErrors errors)
    {
        var day = FormParse.Date(Day);
        if (day is null)
            errors.Add("day", Speak.T("Choose a day.", "Wählen Sie einen Tag.", "Wähle einen Tag."));
        var last = FormParse.Date(Until);
        if (last is null && !string.IsNullOrWhiteSpace(Until))
            errors.Add("until",
                Speak.T("Choose a last day, or leave it empty.", "Wählen Sie einen letzten Tag oder lassen Sie das Feld leer.",
                    "Wähle einen letzten Tag oder lass das Feld leer."));

        var byClock = space.Rules.Granularity == Granularity.Minutes || (Part is null && Start is not null);
        return byClock ? OfClock(day, last, errors) : OfDays(day, last, errors);
    }

    private When? OfClock(LocalDate? day, LocalDate? last, FormErrors errors)
    {
        var (start, end) = (FormParse.Time(Start), FormParse.Time(End));
        if (start is null)
            errors.Add("start", Speak.T("Enter the start as a time such as 14:00.", "Geben Sie den Beginn als Uhrzeit an, etwa 14:00.",
                "Gib den Beginn als Uhrzeit an, etwa 14:00."));
        if (end is null)
            errors.Add("end", Speak.T("Enter the end as a time such as 15:00.", "Geben Sie das Ende als Uhrzeit an, etwa 15:00.",
                "Gib das Ende als Uhrzeit an, etwa 15:00."));
        return errors.Any ? null : DigiHub.Bookings.When.Between(day!.Value + start!.Value, EndOn(last ?? day.Value, end!.Value));
    }

    // Midnight means the end of the day.
    private static LocalDateTime EndOn(LocalDate day, LocalTime end) =>
        end == LocalTime.Midnight ? day.PlusDays(1).AtMidnight() : day + end;

    private When? OfDays(LocalDate? day, LocalDate? last, FormErrors errors)
    {
        if (last < day)
            errors.Add("until", Speak.T("The last day can’t be before the first.", "Der letzte Tag darf nicht vor dem ersten liegen."));
        if (errors.Any || day is not { } first)
            return null;
        return last is { } until && until > first
            ? DigiHub.Bookings.When.Days(first, until)
            : DigiHub.Bookings.When.On(first, DayParts.Parse(Part));
    }

    private static BookForm Of(Func<string, StringValues> read)
    {
        string? Text(string key) => read(key).ToString() is { Length: > 0 } text ? text : null;

        var (from, to) = (FormParse.DateTime(Text("from")), FormParse.DateTime(Text("to")));
        var exact = from is not null && to is not null;
        return new()
        {
            Space = Text("space"),
            Pool = Text("pool"),
            Day = exact ? FormParse.Write(from!.Value.Date) : Text("day"),
            Start = exact ? FormParse.Write(from!.Value.TimeOfDay) : Text("start"),
            End = exact ? FormParse.Write(to!.Value.TimeOfDay) : Text("end"),
            Until = exact ? FormParse.Write(LastDay(from!.Value, to!.Value)) : Text("until"),
            Part = exact ? null : Text("part"),
            Title = Text("title")?.Trim(),
            People = Text("people"),
            For = Text("for"),
            ReturnUrl = LocalUrl.OrHome(Text("returnUrl")),
        };
    }

    private static LocalDate LastDay(LocalDateTime from, LocalDateTime to) => from < to ? new LocalSpan(from, to).LastDate : from.Date;
}
