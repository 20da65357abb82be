using System.Text;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Calendars;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Notifications;
using DigiHub.Web.Reader;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Bookings;

/// <summary>
/// GET /bookings/{id}.ics: a booking as a file for any calendar, with the UID its e-mails carry. One of a series brings the whole series,
/// since that is one entry; a part of a meeting both rooms.
/// </summary>
public static class BookingFile
{
    public static void MapBookingFile(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/bookings/{id:guid}.ics", Get).RequireAuthorization(Policies.Member);

    private static async Task<IResult> Get(
        Guid id, HttpContext http, OneBooking bookings, OneSeries series, OneMeeting meetings, Catalogue catalogue,
        MemberStore members, EmailLinks links, IOptions<HubSettings> settings)
    {
        var viewer = http.Viewer();
        if (await bookings.Find(id, viewer, http.RequestAborted) is not { } view)
            return Results.NotFound();

        var map = await catalogue.Map(http.RequestAborted);
        var reader = await members.FindByIdAsync(view.Booking.MemberId.ToString(), http.RequestAborted);
        var entries = new SeriesEntries(await links.Entries(http.RequestAborted), map, Languages.Here);
        var whole = view.Booking.SeriesId is { } seriesId ? await series.Find(seriesId, viewer, http.RequestAborted) : null;
        var parts = await meetings.PartsOf(view.Booking, http.RequestAborted);
        var found = parts.Count > 0
            ? [entries.Entries.OfMeeting(parts, map, Languages.Here)]
            : whole is null
            ? [entries.Entries.Of(view.Booking, map, Languages.Here)]
            : entries.Of(whole.Series, whole.Dates);
        var text = CalendarTexts.Of(settings.Value)
            .Write(CalendarMethod.Publish, [.. found.Select(entry => Entries.For(reader, entry))]);
        return Results.File(Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", $"{view.Space.Name}.ics");
    }
}
