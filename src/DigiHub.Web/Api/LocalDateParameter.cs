using NodaTime.Text;

namespace DigiHub.Web.Api;

/// <summary>A date in a query string: ISO 8601, "2026-11-23".</summary>
public readonly record struct LocalDateParameter(LocalDate Date)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out LocalDateParameter parameter)
    {
        var parsed = LocalDatePattern.Iso.Parse(text ?? "");
        parameter = new(parsed.Success ? parsed.Value : default);
        return parsed.Success;
    }
}
