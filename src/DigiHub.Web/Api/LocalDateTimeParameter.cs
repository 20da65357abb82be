namespace DigiHub.Web.Api;

/// <summary>A time on a site's clock in a query string: ISO 8601, "2026-11-23T09:00", with or without seconds.</summary>
public readonly record struct LocalDateTimeParameter(LocalDateTime Local)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out LocalDateTimeParameter parameter)
    {
        var parsed = ApiJson.LenientSeconds.Parse(text ?? "");
        parameter = new(parsed.Success ? parsed.Value : default);
        return parsed.Success;
    }
}
