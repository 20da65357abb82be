using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Serialization.SystemTextJson;
using NodaTime.Text;

namespace DigiHub.Web.Api;

/// <summary>
/// The API's JSON: camelCase, times in ISO 8601, enums as snake_case words, what has no value as null. It is strict about what
/// comes in: an unknown or repeated property is an error, not a guess.
/// </summary>
public static class ApiJson
{
    private const int DepthMax = 16;

    public static JsonSerializerOptions Options { get; } = Configured(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configured(JsonSerializerOptions options)
    {
        options.MaxDepth = DepthMax;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new TimeConverter<LocalDate>(ApiTimes.Date, LocalDatePattern.Iso.Format, ApiTimes.DateExpected));
        options.Converters.Add(new TimeConverter<LocalTime>(ApiTimes.Time, ApiTimes.Text, ApiTimes.TimeExpected));
        options.Converters.Add(new TimeConverter<LocalDateTime>(ApiTimes.DateTime, ApiTimes.Text, ApiTimes.DateTimeExpected));
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        return options;
    }

    /// <summary>The word for one value of an enum, as it stands in JSON and in query strings.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private sealed class TimeConverter<T>(Func<string, T?> read, Func<T, string> write, Words expected) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && read(reader.GetString()!) is { } value
                ? value
                : throw new UnreadableValueException(expected);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}

/// <summary>A JSON value that is not what its property takes; the reader adds where it stands.</summary>
internal sealed class UnreadableValueException(Words expected) : JsonException
{
    public Words Expected { get; } = expected;
}
