using System.Globalization;
using System.Text.Json;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Components;

/// <summary>
/// Reads the query values of a page. A value that is absent or empty is null. One that is not understood is
/// null as well, but reported: the response becomes a 400, and <see cref="NotUnderstood"/> shows it on the
/// page, which otherwise looks as without that value.
/// </summary>
public sealed class QueryValues
{
    public const int TextMax = 200;

    private const int EchoMax = 40;

    private static readonly object Key = new();

    private readonly HttpContext http;
    private readonly IQueryCollection query;

    private QueryValues(HttpContext http) => (this.http, query) = (http, http.Request.Query);

    /// <summary>Those of the request, the same for all parts of its page.</summary>
    public static QueryValues Of(HttpContext http)
    {
        // An error page is made for the same request with an address of its own.
        if (http.Items[Key] is not QueryValues known || !ReferenceEquals(known.query, http.Request.Query))
            http.Items[Key] = known = new QueryValues(http);
        return known;
    }

    /// <summary>What was not understood so far, by name; also for a form that shows the values beside its fields.</summary>
    public FormErrors Errors { get; } = new();

    /// <summary>Raised for each new one.</summary>
    public Action? Noted { get; set; }

    /// <summary>As it stands there, to be shown in the field it came from.</summary>
    public string Raw(string name) => query[name].ToString();

    public bool Has(string name) => query.ContainsKey(name);

    /// <summary>One line of at most <paramref name="max"/> characters.</summary>
    public string? Text(string name, int max = TextMax) => Read(
        name, text => text.Length <= max && !text.Any(char.IsControl) ? text : null,
        new($"at most {max} characters without line breaks", $"höchstens {max} Zeichen ohne Zeilenumbruch"));

    /// <summary>False also where it is absent.</summary>
    public bool Flag(string name) => Read<bool>(name, FormParse.Flag, new("true or false", "true oder false")) ?? false;

    /// <summary>From <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public int? Number(string name, int min = 0, int max = int.MaxValue) => Read<int>(
        name, text => FormParse.Number(text) is { } number && number >= min && number <= max ? number : null,
        max == int.MaxValue
            ? new($"a whole number from {min}", $"eine ganze Zahl ab {min}")
            : new($"a whole number from {min} to {max}", $"eine ganze Zahl von {min} bis {max}"));

    /// <summary>Whole numbers of a value that may stand several times; what is none is left out.</summary>
    /// <param name="max">How many are read.</param>
    public IEnumerable<int> Numbers(string name, int max) => query[name].Take(max).Select(FormParse.Number).OfType<int>();

    public Guid? Id(string name) => Read<Guid>(name, FormParse.Id, new("an ID as in our links", "eine Kennung wie in unseren Links"));

    public T? OneOf<T>(string name) where T : struct, Enum => Read<T>(name, FormParse.OneOf<T>, Names(NamesOf<T>()));

    /// <summary>One of these, by its name.</summary>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> byName) where T : struct =>
        Read<T>(name, text => byName.TryGetValue(text, out var value) ? value : null, Names(byName.Keys));

    /// <summary>A day in <see cref="SiteTime.YearMin"/> to <see cref="SiteTime.YearMax"/>.</summary>
    public LocalDate? Date(string name) => Read<LocalDate>(name, FormParse.Date, new(
        $"a date like 2026-11-23, from {SiteTime.YearMin} to {SiteTime.YearMax}",
        $"ein Datum wie 2026-11-23, von {SiteTime.YearMin} bis {SiteTime.YearMax}"));

    public LocalTime? Time(string name) => Read<LocalTime>(name, FormParse.Time, new("a time like 14:00", "eine Uhrzeit wie 14:00"));

    public LocalDateTime? DateTime(string name) => Read<LocalDateTime>(name, FormParse.DateTime, new(
        $"a date and a time like 2026-11-23T14:00, from {SiteTime.YearMin} to {SiteTime.YearMax}",
        $"Datum und Uhrzeit wie 2026-11-23T14:00, von {SiteTime.YearMin} bis {SiteTime.YearMax}"));

    /// <summary>Where a list goes on.</summary>
    public Cursor? Cursor(string name) =>
        Read(name, DigiHub.Time.Cursor.Parse, new("the value from the link to the next page", "der Wert aus dem Link zur nächsten Seite"));

    /// <summary>What only our own links say, such as a place on a page.</summary>
    public T? FromLink<T>(string name, Func<string, T?> parse) where T : class =>
        Read(name, parse, new("a value as in our links", "ein Wert wie in unseren Links"));

    /// <summary>By its slug.</summary>
    public SiteContext? Site(HubDirectory map) => Known("site", map.Place, map.Places.Select(place => place.Site.Slug));

    /// <summary>
    /// The site a page shows: the one that is asked for, else the member's home, else the first; null for a hub that has none.
    /// </summary>
    public SiteContext? SiteShown(HubDirectory map, int? homeSiteId) =>
        Site(map) ?? (homeSiteId is { } home ? map.Place(home) : null) ?? (map.Places.Count > 0 ? map.Places[0] : null);

    /// <summary>One of what there is, such as the reasons of a list.</summary>
    public T? Known<T>(string name, Func<string, T?> find, IEnumerable<string> names) where T : class => Read(name, find, Names(names));

    /// <summary>All values of that name that there are, where it may stand several times.</summary>
    public IReadOnlySet<string> Keys(string name, IEnumerable<string> known)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        foreach (var text in query[name])
        {
            if (string.IsNullOrEmpty(text))
                continue;
            if (known.FirstOrDefault(key => string.Equals(key, text, StringComparison.OrdinalIgnoreCase)) is { } key)
                all.Add(key);
            else
                Note(name, text, Names(known));
        }

        return all;
    }

    private T? Read<T>(string name, Func<string, T?> parse, Words expected) where T : class
    {
        // Where a name stands several times, its values come joined, which is no date and no number.
        if (Asked(name) is not { } text)
            return null;
        if (parse(text) is { } value)
            return value;
        Note(name, text, expected);
        return null;
    }

    private T? Read<T>(string name, Func<string, T?> parse, Words expected) where T : struct
    {
        if (Asked(name) is not { } text)
            return null;
        if (parse(text) is { } value)
            return value;
        Note(name, text, expected);
        return null;
    }

    private string? Asked(string name) =>
        query.TryGetValue(name, out StringValues values) && values.ToString() is { Length: > 0 } text ? text : null;

    private void Note(string name, string text, Words expected)
    {
        if (Errors[name] is not null)
            return;
        var echo = TypedText.Line(text, EchoMax) ?? "";
        Errors.Add(name, Speak.T(
            $"“{echo}” isn’t valid for “{name}”. Use {expected.English}.",
            $"„{echo}“ ist für „{name}“ ungültig. Erwartet: {expected.German}."));
        if (HttpMethods.IsGet(http.Request.Method) && http.Response is { HasStarted: false, StatusCode: StatusCodes.Status200OK })
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        Noted?.Invoke();
    }

    private static IEnumerable<string> NamesOf<T>() where T : struct, Enum =>
        Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    private static Words Names(IEnumerable<string> names)
    {
        var all = string.Join(", ", names);
        return new($"one of: {all}", $"eines von: {all}");
    }
}
