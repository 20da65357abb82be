using System.Globalization;

namespace DigiHub.Web.Api;

/// <summary>
/// A value in a query string: a number, an id, a word of an enum, a date or a time, in the same form as in JSON. One that cannot be
/// read is kept as such, and <see cref="AskedFilter"/> refuses it in words that name the parameter.
/// </summary>
public readonly record struct Asked<T>(T Value, bool IsReadable) : IAsked
    where T : struct
{
    Words IAsked.Expected => AskedForm<T>.Expected;

    IComparable? IAsked.Comparable => Value as IComparable;

#pragma warning disable CA1000 // binding looks for it on the type itself
    public static bool TryParse(string? text, IFormatProvider? provider, out Asked<T> asked)
    {
        var read = AskedForm<T>.Read(text ?? "");
        asked = new(read ?? default, read is not null);
        return true; // refused by the filter, which knows the parameter's name
    }
#pragma warning restore CA1000
}

internal interface IAsked
{
    bool IsReadable { get; }

    Words Expected { get; }

    IComparable? Comparable { get; }
}

/// <summary>How each type of value is written in a query string.</summary>
internal static class AskedForm<T>
    where T : struct
{
    public static readonly Func<string, T?> Read = Reader();
    public static readonly Words Expected = WhatIsExpected();

    private static Func<string, T?> Reader() => default(T) switch
    {
        int => As<int>(text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null),
        bool => As<bool>(text => text switch { "true" => true, "false" => false, _ => null }),
        Guid => As<Guid>(text => Guid.TryParseExact(text, "D", out var id) ? id : null),
        LocalDate => As(ApiTimes.Date),
        LocalDateTime => As(ApiTimes.DateTime),
        Enum => EnumReader(),
        _ => throw new NotSupportedException($"{typeof(T)} has no form in a query string."),
    };

    private static Words WhatIsExpected() => default(T) switch
    {
        int => new("a whole number", "eine ganze Zahl"),
        bool => new("true or false", "true oder false"),
        Guid => new("an id", "eine ID"),
        LocalDate => ApiTimes.DateExpected,
        LocalDateTime => ApiTimes.DateTimeExpected,
        _ => EnumWords.Expected(typeof(T)),
    };

    private static Func<string, T?> EnumReader()
    {
        var words = Enum.GetValues(typeof(T)).Cast<T>().ToDictionary(value => ApiJson.Word((Enum)(object)value), StringComparer.Ordinal);
        return text => words.TryGetValue(text, out var value) ? value : null;
    }

    private static Func<string, T?> As<TValue>(Func<string, TValue?> read)
        where TValue : struct => (Func<string, T?>)(object)read;
}

internal static class EnumWords
{
    public static Words Expected(Type type)
    {
        var words = string.Join(", ", Enum.GetValues(type).Cast<Enum>().Select(ApiJson.Word));
        return new($"one of: {words}", $"eines von: {words}");
    }
}
