using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace DigiHub.Text;

/// <summary>
/// {"de":"…","en":"…"}: in columns and in the API. A half that is missing is left out; other languages are not known and refused.
/// </summary>
internal sealed class LocalisedTextAsJson : JsonConverter<LocalisedText>
{
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public override LocalisedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A text is an object with \"de\", \"en\" or both.");
        var text = default(LocalisedText);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isGerman = reader.ValueTextEquals("de");
            if (!isGerman && !reader.ValueTextEquals("en"))
                throw new JsonException("A text has \"de\" and \"en\" and nothing else.");
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                throw new JsonException("Each language of a text is a string.");
            text = isGerman ? text with { German = reader.GetString() } : text with { English = reader.GetString() };
        }

        return text;
    }

    public override void Write(Utf8JsonWriter writer, LocalisedText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.German is not null)
            writer.WriteString("de", value.German);
        if (value.English is not null)
            writer.WriteString("en", value.English);
        writer.WriteEndObject();
    }
}
