using DigiHub.Members;
using DigiHub.Privacy;
using DigiHub.Web.Account;
using DigiHub.Web.Notifications;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Privacy;

/// <summary>
/// POST /account/privacy/export: everything that is stored about oneself, as a file. Made while one waits and kept nowhere, so that
/// there is no second copy to guard. Needs a fresh sign-in or the password, as who finds a browser open must not carry it all away.
/// </summary>
internal static class ExportEndpoint
{
    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Paths.ExportOwnData, Run).RequireAuthorization(Policies.Member);

    private static async Task<IResult> Run(
        [FromForm] string? currentPassword, HttpContext http, ChangePassword proof, OneMember members, OwnData data, EmailLinks links,
        IOptions<HubSettings> settings, IClock clock)
    {
        if (await proof.WhyNotThem(http, currentPassword) is { } stranger)
            return TypedResults.LocalRedirect(Paths.OwnPrivacyAfter(stranger.Code));
        var memberId = http.User.MemberId()!.Value;
        var member = await members.Find(memberId, http.RequestAborted);
        var found = await data.Run(
            new PersonKeys(memberId, member!.NormalizedEmail), memberId, CalendarTexts.Of(settings.Value), links.PublicUrl,
            http.RequestAborted);
        var now = clock.GetCurrentInstant();
        return TypedResults.File(OwnDataZip.Write(found, settings.Value.Name, now), "application/zip",
            $"{FileName(settings.Value.Name)}-{now.InUtc().Date:uuuu'-'MM'-'dd}.zip");
    }

    private static string FileName(string hub) =>
        new([.. hub.ToLowerInvariant().Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-')]);
}
