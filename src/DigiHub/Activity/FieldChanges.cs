using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NodaTime.Text;

namespace DigiHub.Activity;

/// <summary>
/// What an act has changed in a row, field by field. Written as JSON: a field that is not personal with what stood and what stands there, a
/// personal one by name only, as in <c>{"capacity":[10,5],"joinLink":null}</c>.
/// </summary>
public sealed class FieldChanges
{
    /// <summary>Longer changes lose values, the longest first, until they fit; the names stay.</summary>
    public const int JsonMax = 2_000;

    private static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly string written;

    private FieldChanges(JsonObject fields) => written = Fit(fields);

    /// <summary>What has changed in a tracked row since it was loaded and not been saved yet; null if nothing.</summary>
    /// <param name="except">What follows from other fields or is no news: instants beside local times, revisions.</param>
    /// <param name="others">What changed beside the row and is told by name: "reminders".</param>
    public static FieldChanges? Of(HubDb db, object row, IReadOnlyCollection<string> except, params IEnumerable<string> others)
    {
        JsonObject fields = [];
        foreach (var (path, property) in PropertiesOf(db.Entry(row)).Where(one => !except.Contains(one.Path) && IsChanged(one.Property)))
        {
            var values = property.Metadata.IsPersonal
                ? null
                : new JsonArray(Value(property, property.OriginalValue), Value(property, property.CurrentValue));
            fields[string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName))] = values;
        }

        foreach (var other in others)
            fields[other] = null;
        return fields.Count == 0 ? null : new FieldChanges(fields);
    }

    /// <summary>The JSON; at most <see cref="JsonMax"/> characters.</summary>
    public override string ToString() => written;

    private static bool IsChanged(PropertyEntry property) =>
        !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue);

    private static IEnumerable<(string Path, PropertyEntry Property)> PropertiesOf(EntityEntry row)
    {
        foreach (var property in row.Properties)
            yield return (property.Metadata.Name, property);
        foreach (var value in row.ComplexProperties)
        {
            foreach (var property in value.Properties)
                yield return ($"{value.Metadata.Name}.{property.Metadata.Name}", property);
        }
    }

    private static JsonNode? Value(PropertyEntry property, object? value) => value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        long number => number,
        decimal number => number,
        double number => number,
        string text => text,
        LocalisedText text => JsonNode.Parse(text.Written),
        Instant at => InstantPattern.ExtendedIso.Format(at),
        LocalDate date => LocalDatePattern.Iso.Format(date),
        LocalTime time => LocalTimePattern.ExtendedIso.Format(time),
        LocalDateTime at => LocalDateTimePattern.ExtendedIso.Format(at),
        Duration duration => DurationPattern.Roundtrip.Format(duration),
        Enum or Guid => value.ToString(),
        _ =>
            Convert.ToString(property.Metadata.GetTypeMapping().Converter?.ConvertToProvider(value) ?? value, CultureInfo.InvariantCulture),
    };

    private static string Fit(JsonObject fields)
    {
        var text = fields.ToJsonString(json);
        while (text.Length > JsonMax)
        {
            var longest = fields.MaxBy(field => field.Value?.ToJsonString(json).Length ?? 0).Key;
            fields[longest] = null;
            text = fields.ToJsonString(json);
        }

        return text;
    }
}
