using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>Who is at a site on a day, as the member who asks may know it; and to whom they show that they are.</summary>
internal static class PresenceApi
{
    public static void MapPresenceApi(this RouteGroupBuilder api)
    {
        api.MapGet("/sites/{slug}/presence", Get).WithTags("Sites").WithName("getPresence")
            .WithSummary("Say who has a desk at a site on a day, as far as they show it to me").Produces<PresenceShape>();
        api.MapPut("/me/presence", Set).WithTags("Me").WithMetadata(Unversioned.Mark).WithName("setMyPresence")
            .WithSummary("Say to whom I show on which days I have a desk").Produces<OwnPresenceShape>();
    }

    private static async Task<IResult> Get(
        string slug, Asked<LocalDate>? day, HttpContext http, WhoIsIn whoIsIn, Catalogue catalogue, IClock clock, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Place(slug) is not { } place)
            return Problems.NotFound;
        var on = day?.Value ?? place.Time.DateOf(clock.GetCurrentInstant());
        return await whoIsIn.Run(place.Site.Id, on, http.Viewer(), stop) is { } found
            ? Results.Ok(new PresenceShape(slug, on, found.Count,
                [.. found.People.Select(one => new PersonInShape(one.Name, one.Desk.Id, one.Desk.Name, one.When.Start, one.When.End))]))
            : Problems.NotFound;
    }

    private static async Task<IResult> Set(OwnPresenceInput input, HttpContext http, ShowPresence show, CancellationToken stop)
    {
        var shown = await show.Run(http.User.MemberId()!.Value, input.ShownTo, stop);
        return shown.IsDone ? Results.Ok(new OwnPresenceShape(shown.Value.ShownTo)) : shown.Refusal.ToProblem();
    }
}

/// <param name="Count">
/// How many have a desk there that day, from three on, and only where at least two of them are not among the people; null: not said.
/// </param>
/// <param name="People">Others who show it to me, by name.</param>
public sealed record PresenceShape(string Site, LocalDate Day, int? Count, IReadOnlyList<PersonInShape> People);

/// <param name="Start">On the site’s clock.</param>
public sealed record PersonInShape(string Name, int SpaceId, string Space, LocalDateTime Start, LocalDateTime End);

/// <param name="ShownTo">nobody, organisation: those who belong to one of mine, or hub: all members.</param>
public sealed record OwnPresenceInput(PresenceAudience ShownTo);

public sealed record OwnPresenceShape(PresenceAudience ShownTo);
