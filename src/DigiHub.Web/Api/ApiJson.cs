using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Serialization.SystemTextJson;
using NodaTime.Text;

namespace DigiHub.Web.Api;

/// <summary>
/// The API's JSON: camelCase, times in ISO 8601, enums as snake_case words. It is strict about what comes in: an unknown or
/// repeated property is an error, not a guess.
/// </summary>
public static class ApiJson
{
    private const int DepthMax = 16;

    /// <summary>"2026-11-23T09:00" and "2026-11-23T09:00:00": people leave the seconds out.</summary>
    internal static IPattern<LocalDateTime> LenientSeconds { get; } = new CompositePatternBuilder<LocalDateTime>
    {
        { LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm"), _ => false },
        { LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm:ss"), _ => true },
    }.Build();

    public static JsonSerializerOptions Options { get; } = Configured(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configured(JsonSerializerOptions options)
    {
        options.MaxDepth = DepthMax;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new NodaPatternConverter<LocalDateTime>(LenientSeconds));
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        return options;
    }
}
