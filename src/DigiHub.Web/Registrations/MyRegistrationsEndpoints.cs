using DigiHub.Registrations;
using DigiHub.Web.Account;
using DigiHub.Web.Layout;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NotFound = Microsoft.AspNetCore.Http.HttpResults.NotFound;

namespace DigiHub.Web.Registrations;

/// <summary>The buttons on every page that shows a member's own registration: cancelling it, and undoing that.</summary>
public static class MyRegistrationsEndpoints
{
    public static void MapMyRegistrations(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/my-registrations/{id:guid}").RequireAuthorization();
        mine.MapPost("/cancel", Cancel);
        mine.MapPost("/reinstate", Reinstate);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Cancel(
        Guid id, [FromForm] string? returnUrl, HttpContext http, MyRegistrations mine, CancelRegistration cancel) =>
        await Theirs(id, http, mine) is { } memberId
            ? Back((await cancel.Run(id, memberId, http.RequestAborted)).Refusal, returnUrl)
            : TypedResults.NotFound();

    private static async Task<Results<RedirectHttpResult, NotFound>> Reinstate(
        Guid id, [FromForm] string? returnUrl, HttpContext http, MyRegistrations mine, ReinstateRegistration reinstate) =>
        await Theirs(id, http, mine) is { } memberId
            ? Back((await reinstate.Run(id, memberId, http.RequestAborted)).Refusal, returnUrl)
            : TypedResults.NotFound();

    /// <summary>An organiser may cancel others' registrations, but not here: these are the reader's own.</summary>
    private static async Task<Guid?> Theirs(Guid id, HttpContext http, MyRegistrations mine) =>
        http.User.MemberId() is { } memberId && await mine.One(id, memberId, http.RequestAborted) is not null ? memberId : null;

    private static RedirectHttpResult Back(Refusal? refusal, string? returnUrl)
    {
        var url = LocalUrl.OrHome(returnUrl);
        return TypedResults.LocalRedirect(
            refusal is null ? url : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}refused={refusal.Code}");
    }
}
