using DigiHub.Access;
using DigiHub.Events;
using DigiHub.Web.Account;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.Events;

/// <summary>The organiser's one-button acts, and what the editor requests while somebody types.</summary>
public static class OrganiseEndpoints
{
    public static void MapOrganise(this IEndpointRouteBuilder routes)
    {
        var organise = routes.MapGroup("/organise").RequireAuthorization(nameof(Permission.HostEvents));
        organise.MapGet("/rooms", Rooms);
        organise.MapPost("/{id:guid}/duplicate", Duplicate);
        organise.MapPost("/{id:guid}/delete", Delete);
        organise.MapPost("/{id:guid}/reinstate", Reinstate);
    }

    private static async Task<RazorComponentResult<RoomOptions>> Rooms(
        HttpContext http, RoomsForEvent rooms, string? start, string? end,
        string? setUpMinutes, string? tearDownMinutes, string? space, string? eventId)
    {
        var form = new EventForm().With("start", start).With("end", end)
            .With("setUpMinutes", setUpMinutes).With("tearDownMinutes", tearDownMinutes);
        var offers = await rooms.Run(form.ToRoomsQuery(FormParse.Id(eventId)), http.RequestAborted);
        // A header holds ASCII only; the German sentence has more.
        http.Response.Headers["X-Rooms-Said"] = Uri.EscapeDataString(RoomOptions.Said(offers));
        return new RazorComponentResult<RoomOptions>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(RoomOptions.Offers)] = offers,
            [nameof(RoomOptions.Chosen)] = FormParse.Number(space),
        });
    }

    // [FromForm] makes the framework validate the antiforgery token; these forms have no other fields.
    private static async Task<IResult> Duplicate(
        Guid id, [FromForm(Name = "_")] string? nothing, HttpContext http, DuplicateEvent duplicate)
    {
        var copy = await duplicate.Run(id, http.User.MemberId()!.Value, http.RequestAborted);
        return copy.IsDone ? Results.LocalRedirect(Paths.EventEditor(copy.Value.Id, did: "copied")) : No(copy.Refusal);
    }

    private static async Task<IResult> Delete(Guid id, [FromForm(Name = "_")] string? nothing, HttpContext http, DeleteDraft delete)
    {
        var gone = await delete.Run(id, http.User.MemberId()!.Value, http.RequestAborted);
        return gone.IsDone ? Results.LocalRedirect(Paths.Organise + "?did=deleted") : No(gone.Refusal);
    }

    private static async Task<IResult> Reinstate(
        Guid id, [FromForm(Name = "_")] string? nothing, HttpContext http, ReinstateEvent reinstate)
    {
        var again = await reinstate.Run(id, http.User.MemberId()!.Value, http.RequestAborted);
        return again.IsDone ? Results.LocalRedirect(Paths.EventEditor(id, did: "saved")) : No(again.Refusal);
    }

    private static IResult No(Refusal refusal) =>
        refusal.Code == Refusal.NotFound.Code ? Results.NotFound() : Results.LocalRedirect($"{Paths.Organise}?refused={refusal.Code}");
}
