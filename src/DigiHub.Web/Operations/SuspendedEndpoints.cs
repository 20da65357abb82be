using DigiHub.Access;
using DigiHub.Operations;
using DigiHub.Web.Account;
using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.Operations;

/// <summary>The buttons of the list of suspended addresses. No address stands in any URL: those end up in logs and histories.</summary>
public static class SuspendedEndpoints
{
    public static void MapSuspended(this IEndpointRouteBuilder routes) =>
        // [FromForm] is what makes the framework ask for the antiforgery token; the form holds nothing else.
        routes.MapPost(Paths.Suspended + "/{id:guid}/lift", async (Guid id, [FromForm(Name = "_")] string? _, HttpContext http, SuspendAddress suspend) =>
            Results.LocalRedirect((await suspend.Lift(id, http.User.MemberId()!.Value, http.RequestAborted)).IsDone ? Paths.Suspended + "?done=lifted" : Paths.Suspended + "?done=gone"))
        .RequireAuthorization(nameof(Permission.ManageSuppressions));
}
