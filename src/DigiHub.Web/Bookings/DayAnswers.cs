using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Web.Api;

namespace DigiHub.Web.Bookings;

/// <summary>
/// A day as the API shows it. What is the same for everyone is written once and sent again for as long as it is kept, the whole day
/// in each language and each space by itself: writing two hundred times of day costs more than finding out who asks.
/// </summary>
internal static class DayAnswers
{
    private static readonly ConditionalWeakTable<DayPicture, byte[]?[]> days = [];
    private static readonly ConditionalWeakTable<SpaceDay, byte[]> spaces = [];
    private static readonly string spacesName = ApiJson.Options.PropertyNamingPolicy!.ConvertName(nameof(DayShape.Spaces));

    public static IResult Of(DayPicture picture)
    {
        if (!picture.IsShared)
            return Json(Write(picture));
        var byLanguage = days.GetValue(picture, _ => new byte[Enum.GetValues<Language>().Length][]);
        return Json(byLanguage[(int)Languages.Here] ??= Write(picture).ToArray());
    }

    private static IResult Json(ReadOnlyMemory<byte> body) => Results.Bytes(body, "application/json; charset=utf-8");

    private static ReadOnlyMemory<byte> Write(DayPicture picture)
    {
        var body = new ArrayBufferWriter<byte>(32 * 1024);
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        writer.WriteStartObject();
        foreach (var property in JsonSerializer.SerializeToElement(DayShape.Of(picture), ApiJson.Options).EnumerateObject())
        {
            if (!property.NameEquals(spacesName))
            {
                property.WriteTo(writer);
                continue;
            }

            writer.WriteStartArray(property.Name);
            foreach (var space in picture.Spaces)
                writer.WriteRawValue(spaces.GetValue(space,
                    one => JsonSerializer.SerializeToUtf8Bytes(SpaceDayShape.Of(one), ApiJson.Options)), skipInputValidation: true);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenMemory;
    }
}
