using DigiHub.Access;
using DigiHub.FloorPlans;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.FloorPlans;

/// <summary>Plans of floors: what the editor's script sends while somebody draws.</summary>
public static class FloorPlansSetup
{
    /// <summary>A row of the table has up to eight fields; two hundred desks and three hundred shapes fit.</summary>
    private const int FormFieldsMax = 4_096;

    public static void AddFloorPlans(this IServiceCollection services) =>
        services.Configure<FormOptions>(form => form.ValueCountLimit = FormFieldsMax);

    public static void MapFloorPlans(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/floors/{id:int}/plan/draft", Save).RequireAuthorization(nameof(Permission.ManageSites));
        routes.MapGet("/floors/pictures/{hash}", Picture).RequireAuthorization(Policies.Member);
    }

    /// <summary>For an img; opened by its own address it is in a sandbox where nothing may load.</summary>
    private static async Task<IResult> Picture(string hash, HttpContext http, PlanPictures pictures)
    {
        if (hash.Length != PlanPicture.HashLength || await pictures.Find(hash, http.RequestAborted) is not { } picture)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable"; // its name changes with its bytes
        return Results.Bytes(picture.Bytes, picture.MediaType);
    }

    // [FromForm] makes the framework validate the antiforgery token; the rows are read by PlanForm.
    private static async Task<IResult> Save(
        int id, [FromForm(Name = "_")] string? nothing, HttpContext http, EditedPlans plans, SavePlan save)
    {
        if (await plans.Find(http.Viewer(), id, http.RequestAborted) is not { } plan)
            return Results.NotFound();
        var form = new PlanForm(http.Request.Form);
        if (form.Read(plan.Spaces) is not { } draft)
            return Results.Json(new DraftNotSaved(form.Errors.All[0].Message), statusCode: StatusCodes.Status400BadRequest);
        var saved = await save.Run(new(http.User.MemberId()!.Value, id, form.Revision ?? 0, draft), http.RequestAborted);
        if (!saved.IsDone)
            return Results.Json(new DraftNotSaved(saved.Refusal.Message.Here), statusCode: saved.Refusal.Status);
        var changes = PlanChanges.Between(
            plan.Published is null ? draft with { Places = [], Shapes = [] } : FloorPlanDraft.Of(plan.Published),
            draft with { Picture = saved.Value.Picture }, plan.Spaces);
        return Results.Json(new DraftSaved(
            saved.Value.Revision, FloorPlanPage.SaidSaved(saved.Value, plan.Place), PlanWords.Changes(changes.Count)));
    }
}

/// <param name="Said">"Draft, saved 09:41".</param>
/// <param name="Publish">The words of the button: "Publish 5 changes".</param>
internal sealed record DraftSaved(int Revision, string Said, string Publish);

internal sealed record DraftNotSaved(string Said);
