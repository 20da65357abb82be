using DigiHub.Access;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Spaces;

/// <summary>Retiring a desk or room with what stands in it, for who sets up its site.</summary>
internal static class RetirementApi
{
    public static void MapRetirementApi(this RouteGroupBuilder api)
    {
        var retirement = api.MapGroup("/spaces/{id:int}/retirement").WithTags("Spaces")
            .RequireAuthorization(nameof(Permission.ManageSites));
        retirement.MapGet("/", Preview).WithName("previewRetirement")
            .WithSummary("See what stands in a desk or room from a day on, and where it could go").Produces<RetirementShape>();
        retirement.MapPost("/", Retire).WithName("retireSpace")
            .WithSummary("Retire a desk or room from a day on, with what stands in it").Produces<RetiredSpaceShape>();
    }

    private static async Task<IResult> Preview(
        int id, Asked<LocalDate>? from, HttpContext http, PlanRetirement plan, Catalogue catalogue, IClock clock, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Space(id) is not { IsGone: false } space)
            return Problems.NotFound;
        var tomorrow = map.PlaceOf(space).Time.DateOf(clock.GetCurrentInstant()).PlusDays(1);
        return await plan.Run(http.Viewer(), [id], from?.Value ?? tomorrow, stop) is { } planned
            ? Results.Ok(RetirementShape.Of(planned))
            : Problems.NotFound;
    }

    private static Task<IResult> Retire(
        int id, RetirementInput input, HttpContext http, RetireSpaces retire, Idempotency once, CancellationToken stop) =>
        once.Run<SpacesRetired>(
            http,
            async along =>
            {
                var outcome = await retire.Run(RequestOf(id, input, http), stop, along);
                return outcome.Refusal is { } refusal ? Named(refusal) : outcome;
            },
            done => Answer.Of(
                StatusCodes.Status200OK, new RetiredSpaceShape(id, input.From, done.Moved, done.Cancelled, done.PeopleTold)));

    private static RetireSpacesRequest RequestOf(int id, RetirementInput input, HttpContext http) => new()
    {
        ActorId = http.User.MemberId()!.Value,
        SpaceIds = [id],
        From = input.From,
        Fates = (input.Fates ?? []).OfType<FateInput>().DistinctBy(fate => fate.Id)
            .ToDictionary(fate => fate.Id, fate => new Fate(fate.SpaceId)),
        CancelsTheRest = input.CancelsTheRest ?? false,
        Reason = new(input.ReasonDe, input.ReasonEn),
    };

    /// <summary>By the properties of the body instead of the fields of the page.</summary>
    private static Refusal Named(Refusal refusal) => refusal with
    {
        Field = refusal.Field switch
        {
            "reasonGerman" => "reasonDe",
            ['f', 'a', 't', 'e', '_', ..] => "fates",
            var field => field,
        },
        Also = [.. refusal.Also.Select(Named)],
    };
}

/// <param name="From">The first day on which nobody can book it any more.</param>
/// <param name="IsTooMuch">More stands there than one act settles; only the first are listed.</param>
/// <param name="CanBeDeleted">Nothing ever referred to it.</param>
public sealed record RetirementShape(
    int SpaceId, LocalDate From, IReadOnlyList<StandingBookingShape> Bookings, IReadOnlyList<StandingEventShape> Events,
    bool IsTooMuch, bool CanBeDeleted)
{
    internal static RetirementShape Of(RetirementPlan plan) => new(
        plan.Spaces[0].Id, plan.From,
        [.. plan.Bookings.Take(RetireSpaces.StandingMax).Select(one => new StandingBookingShape(
            one.Booking.Id, one.Booking.StartLocal, one.Booking.EndLocal, one.MemberName, one.Proposed?.Id,
            [.. one.Others.Select(other => other.Id)]))],
        [.. plan.Events.Take(RetireSpaces.StandingMax).Select(one => new StandingEventShape(
            one.Event.Id, one.Event.StartLocal, one.Event.EndLocal, one.Event.Title.Here, [.. one.Free.Select(room => room.Id)]))],
        plan.IsTooMuch, plan.CanBeDeleted);
}

/// <param name="ProposedSpaceId">Free at the same time and the likest; null: nothing is.</param>
/// <param name="OtherSpaceIds">Also free then, the likest first.</param>
public sealed record StandingBookingShape(
    Guid Id, LocalDateTime Start, LocalDateTime End, string Member, int? ProposedSpaceId, IReadOnlyList<int> OtherSpaceIds);

/// <param name="FreeSpaceIds">Rooms that are free then and hold its people, the likest first.</param>
public sealed record StandingEventShape(
    Guid Id, LocalDateTime Start, LocalDateTime End, string Title, IReadOnlyList<int> FreeSpaceIds);

/// <param name="From">The first day on which nobody can book it any more; today or later.</param>
/// <param name="Fates">What becomes of each booking and event; an event needs another room.</param>
/// <param name="CancelsTheRest">Bookings without a fate are cancelled; otherwise they stop the act.</param>
/// <param name="ReasonDe">Read by members of whom several bookings change; at most 120 characters.</param>
[FieldsMayBeLeftOut]
public sealed record RetirementInput(
    LocalDate From, IReadOnlyList<FateInput>? Fates = null, bool? CancelsTheRest = null, string? ReasonDe = null, string? ReasonEn = null);

/// <param name="Id">Of the booking or event.</param>
/// <param name="SpaceId">Where it goes at the same time; null: the booking is cancelled, its member gets an e-mail.</param>
[FieldsMayBeLeftOut]
public sealed record FateInput(Guid Id, int? SpaceId = null);

public sealed record RetiredSpaceShape(int SpaceId, LocalDate From, int Moved, int Cancelled, int PeopleTold);
