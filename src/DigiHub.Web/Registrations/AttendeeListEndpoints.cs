using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Components;
using DigiHub.Web.Layout;
using DigiHub.Web.Reader;
using DigiHub.Web.Security;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;

namespace DigiHub.Web.Registrations;

/// <summary>The list of an event as a table to take along, and its check-in buttons.</summary>
public static class AttendeeListEndpoints
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static void MapAttendeeList(this IEndpointRouteBuilder routes)
    {
        // AttendeeList decides who may see the attendees: the organiser, the front desk, administrators.
        var roll = routes.MapGroup("/organise/{id:guid}").RequireAuthorization(Policies.Member);
        roll.MapGet("/registrations.csv", Csv);
        roll.MapPost("/registrations/{registrationId:guid}/in", In);
        roll.MapPost("/registrations/{registrationId:guid}/out", Out);
        roll.MapPost("/registrations/{registrationId:guid}/address", Address);
    }

    private static async Task<IResult> Csv(Guid id, HttpContext http, AttendeeList roll, Catalogue catalogue)
    {
        var whole = await roll.Whole(id, http.User.MemberId()!.Value, http.RequestAborted);
        if (whole is null)
            return Results.NotFound();

        var time = (await catalogue.Map(http.RequestAborted)).Place(whole.Event.SiteId)!.Time;
        return Results.File(CsvText.Write(whole.Rows.Select(Row).Prepend(Head)), "text/csv; charset=utf-8", $"{whole.Event.Slug}.csv");

        string?[] Row(Registration row) =>
        [
            row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            row.Name,
            row.Email,
            StatusWord(row.Status),
            row.MemberId is null ? Speak.T("Guest", "Gast") : Speak.T("Member", "Mitglied"),
            row.Language.Tag(),
            At(row.RegisteredAt),
            At(row.CheckedInAt),
        ];

        string? At(Instant? instant) => instant is { } known ? Minute.Format(time.Local(known)) : null;
    }

    private static string[] Head =>
    [
        Speak.T("Number", "Nummer"), Speak.T("Name", "Name"),
        Speak.T("E-mail", "E-Mail"), Speak.T("Status", "Status"), Speak.T("Kind", "Art"),
        Speak.T("Language", "Sprache"), Speak.T("Registered", "Angemeldet"), Speak.T("Checked in", "Eingecheckt"),
    ];

    private static string StatusWord(RegistrationStatus status) => status switch
    {
        RegistrationStatus.Confirmed => Speak.T("registered", "angemeldet"),
        RegistrationStatus.Waiting => Speak.T("waiting list", "Warteliste"),
        _ => Speak.T("cancelled", "storniert"),
    };

    private static async Task<IResult> In(Guid id, Guid registrationId, [FromForm] string? returnUrl, HttpContext http, CheckIn checkIn) =>
        Back((await checkIn.Run(registrationId, http.User.MemberId()!.Value, http.RequestAborted)).Refusal, id, returnUrl);

    private static async Task<IResult> Out(
        Guid id, Guid registrationId, [FromForm] string? returnUrl, HttpContext http, UndoCheckIn undo) =>
        Back((await undo.Run(registrationId, http.User.MemberId()!.Value, http.RequestAborted)).Refusal, id, returnUrl);

    private static async Task<IResult> Address(
        Guid id, Guid registrationId, [FromForm] string? email, [FromForm] string? returnUrl,
        HttpContext http, CorrectAddress correct, Limits limits)
    {
        if (limits.WhyNoEmail(http, email ?? "") is not null)
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        var asked = await correct.Run(registrationId, http.User.MemberId()!.Value, email, http.RequestAborted);
        return Back(asked.Refusal, id, asked.IsDone ? $"{Paths.Attendees(id)}?asked=true" : returnUrl);
    }

    private static IResult Back(Refusal? refusal, Guid id, string? returnUrl)
    {
        if (refusal?.Code == Refusal.NotFound.Code)
            return Results.NotFound();
        var url = string.IsNullOrEmpty(returnUrl) ? Paths.Attendees(id) : LocalUrl.OrHome(returnUrl);
        return Results.LocalRedirect(
            refusal is null ? url : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}refused={refusal.Code}");
    }
}
