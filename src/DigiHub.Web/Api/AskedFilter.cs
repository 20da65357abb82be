using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace DigiHub.Web.Api;

/// <summary>
/// Refuses with 400 a parameter that cannot be read, is missing (Required) or out of bounds (Range), by name,
/// before any use case runs.
/// </summary>
internal static class AskedFilter
{
    public static EndpointFilterDelegate Of(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var checks = context.MethodInfo.GetParameters().Select((parameter, index) => (Check: CheckOf(parameter), index))
            .Where(pair => pair.Check is not null).ToArray();
        if (checks.Length == 0)
            return next;
        return asked =>
        {
            foreach (var (check, index) in checks)
            {
                if (check!(asked.Arguments[index]) is { } problem)
                    return ValueTask.FromResult<object?>(problem);
            }

            return next(asked);
        };
    }

    /// <summary>The bounds of a parameter; null if it has none.</summary>
    public static RangeAttribute? RangeOf(ParameterInfo parameter) => parameter.GetCustomAttribute<RangeAttribute>();

    public static bool IsRequired(ParameterInfo parameter) => parameter.GetCustomAttribute<RequiredAttribute>() is not null;

    private static Func<object?, IResult?>? CheckOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type != typeof(string) && !type.IsAssignableTo(typeof(IAsked)))
            return null;
        var (name, range, isRequired) = (parameter.Name!, RangeOf(parameter), IsRequired(parameter));
        return value => value switch
        {
            null => isRequired ? Missing(name) : null,
            string text => isRequired && text.Length == 0 ? Missing(name) : text.Any(char.IsControl) ? Unreadable(name, Printable) : null,
            IAsked { IsReadable: false } asked => Unreadable(name, asked.Expected),
            IAsked { Comparable: int number } when range is not null && !(number >= (int)range.Minimum && number <= (int)range.Maximum) =>
                Unreadable(name, new(
                    $"a whole number from {range.Minimum} to {range.Maximum}", $"eine ganze Zahl von {range.Minimum} bis {range.Maximum}")),
            _ => null,
        };
    }

    private static Words Printable { get; } = new("text without control characters", "Text ohne Steuerzeichen");

    private static IResult Missing(string name) => Problems.Bad("missing", new(
        $"\"{name}\" is missing from the query.", $"In der Anfrage fehlt „{name}“."), name);

    private static IResult Unreadable(string name, Words expected) => Problems.Bad("malformed_parameter", new(
        $"\"{name}\" must be {expected.English}.", $"Für „{name}“ wird erwartet: {expected.German}."), name);
}
