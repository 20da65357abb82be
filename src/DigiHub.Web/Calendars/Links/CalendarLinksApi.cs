using DigiHub.Access;
using DigiHub.Calendars.Links;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Calendars.Links;

/// <summary>
/// The calendar links of a member. They are made in the browser alone: a link outlives the token that would have made it, and its secret
/// must not stand among the answers kept for repeated requests.
/// </summary>
internal static class CalendarLinksApi
{
    public static void MapCalendarLinksApi(this RouteGroupBuilder api)
    {
        var links = api.MapGroup("/me/calendar-links").WithTags("Me");
        links.MapGet("/", List).WithName("listMyCalendarLinks")
            .WithSummary("List my calendar links, the newest first").Produces<Page<CalendarLinkShape>>();
        links.MapDelete("/{calendarLinkId:guid}", Revoke).WithMetadata(Unversioned.Mark).WithName("revokeMyCalendarLink")
            .WithSummary("Revoke one of my calendar links, and list those that are left").Produces<Page<CalendarLinkShape>>();
    }

    // Bounded by FeedLink.PerMemberMax: one page is all there is.
    private static async Task<IResult> List(HttpContext http, FeedLinks links, CancellationToken stop) =>
        Results.Ok(new Page<CalendarLinkShape>(
            [.. (await links.Of(http.User.MemberId()!.Value, stop)).Select(CalendarLinkShape.Made)], Next: null));

    private static async Task<IResult> Revoke(
        Guid calendarLinkId, HttpContext http, FeedLinks links, AccessTokens tokens, CancellationToken stop)
    {
        var memberId = http.User.MemberId()!.Value;
        if ((await links.Of(memberId, stop)).All(one => one.Token.Id != calendarLinkId))
            return Problems.NotFound;
        var revoked = await tokens.Revoke(memberId, calendarLinkId, stop);
        return revoked.IsDone ? await List(http, links, stop) : revoked.Refusal.ToProblem();
    }
}

/// <param name="Shows">The room, the site or the organisation; null: my own bookings.</param>
public sealed record CalendarLinkShape(Guid Id, FeedOf Whose, FeedDetail Detail, string? Shows, Instant CreatedAt)
{
    internal static CalendarLinkShape Made(ShownFeedLink one) =>
        new(one.Token.Id, one.Link.Of, one.Link.Detail, one.Shows, one.Token.CreatedAt);
}
