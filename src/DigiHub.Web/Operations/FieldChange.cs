using System.Text.Json;

namespace DigiHub.Web.Operations;

/// <summary>One field that an act changed, to be read.</summary>
/// <param name="Values">"10 → 5"; null for a personal field, of which only the name is kept.</param>
public sealed record FieldChange(string Field, string? Values)
{
    /// <param name="written">As <see cref="DigiHub.Activity.FieldChanges"/> writes them; null for none.</param>
    public static IReadOnlyList<FieldChange> Of(string? written)
    {
        if (string.IsNullOrEmpty(written))
            return [];
        using var json = JsonDocument.Parse(written);
        return [.. json.RootElement.EnumerateObject().Select(field => new FieldChange(field.Name, field.Value.ValueKind switch
        {
            JsonValueKind.Array when field.Value.GetArrayLength() == 2 => $"{Text(field.Value[0])} → {Text(field.Value[1])}",
            _ => null,
        }))];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "–",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
