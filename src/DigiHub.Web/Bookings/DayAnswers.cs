using System.Runtime.CompilerServices;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Web.Api;

namespace DigiHub.Web.Bookings;

/// <summary>
/// A day as the API shows it. What is the same for everyone is written once for each language and sent again for as long as the day is
/// kept: writing two hundred times of day costs more than finding out who asks.
/// </summary>
internal static class DayAnswers
{
    private static readonly ConditionalWeakTable<DayPicture, byte[]?[]> written = [];

    public static IResult Of(DayPicture picture)
    {
        if (!picture.IsShared)
            return Results.Ok(DayShape.Of(picture));
        var byLanguage = written.GetValue(picture, _ => new byte[Enum.GetValues<Language>().Length][]);
        var body = byLanguage[(int)Languages.Here] ??= JsonSerializer.SerializeToUtf8Bytes(DayShape.Of(picture), ApiJson.Options);
        return Results.Bytes(body, "application/json; charset=utf-8");
    }
}
