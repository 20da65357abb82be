using DigiHub.Access;
using DigiHub.Operations;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.Operations;

/// <summary>The buttons of the list of suspended addresses. No address stands in any URL: those end up in logs and histories.</summary>
public static class SuspendedEndpoints
{
    public static void MapSuspended(this IEndpointRouteBuilder routes) =>
        // [FromForm] makes the framework validate the antiforgery token; the form has no other fields.
        routes.MapPost(Paths.Suspended + "/{id:guid}/lift",
            async (Guid id, [FromForm(Name = "_")] string? _, HttpContext http, SuspendAddress suspend) =>
                Results.LocalRedirect((await suspend.Lift(id, http.User.MemberId()!.Value, http.RequestAborted)).IsDone
                    ? Paths.Suspended + "?done=lifted"
                    : Paths.Suspended + "?done=gone"))
        .RequireAuthorization(nameof(Permission.ManageSuppressions));
}
