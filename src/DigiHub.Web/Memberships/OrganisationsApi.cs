using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Organisations;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Memberships;

/// <summary>Organisations, for who keeps them; and their people, for who looks after them.</summary>
internal static class OrganisationsApi
{
    public static void MapOrganisationsApi(this RouteGroupBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Organisations");
        organisations.MapGet("/", List).RequireAuthorization(nameof(Permission.ManageOrganisations)).WithName("listOrganisations")
            .WithSummary("List the organisations, by name").Produces<Page<OrganisationShape>>();
        organisations.MapPost("/", Add).RequireAuthorization(nameof(Permission.ManageOrganisations)).WithName("addOrganisation")
            .WithSummary("Add an organisation").Produces<OrganisationShape>(StatusCodes.Status201Created);
        organisations.MapGet("/{slug}", Get).WithName("getOrganisation")
            .WithSummary("Get an organisation that I look after").Produces<OrganisationShape>();
        organisations.MapPatch("/{slug}", Change).RequireAuthorization(nameof(Permission.ManageOrganisations))
            .AcceptsMergePatch<OrganisationInput>().WithMetadata(Unversioned.Mark).WithName("changeOrganisation")
            .WithSummary("Change an organisation’s name or kind").Produces<OrganisationShape>();
        organisations.MapPost("/{slug}/retire", Retire).RequireAuthorization(nameof(Permission.ManageOrganisations))
            .WithName("retireOrganisation").WithSummary("Retire an organisation: the memberships of all its people end")
            .Produces<RetiredOrganisationShape>();
        organisations.MapGet("/{slug}/people", People).WithName("listPeople")
            .WithSummary("List the people of an organisation that I look after, by name").Produces<Page<PersonShape>>();
        organisations.MapPatch("/{slug}/people/{memberId:guid}", ChangeRole)
            .AcceptsMergePatch<PersonInput>().WithMetadata(Unversioned.Mark).WithName("changePerson")
            .WithSummary("Change somebody’s role in an organisation that I look after").Produces<PersonShape>();
        organisations.MapDelete("/{slug}/people/{memberId:guid}", End).WithMetadata(Unversioned.Mark).WithName("endMembership")
            .WithSummary("End somebody’s membership of an organisation, or my own").Produces<EndedMembershipShape>();
    }

    private static async Task<IResult> List(
        string? search, Asked<bool>? retired, [Range(1, OrganisationList.PageMax)] Asked<int>? page,
        HttpContext http, OrganisationList list,
        CancellationToken stop)
    {
        var number = page?.Value ?? 1;
        var shown = await list.Run(new(search, retired?.Value ?? false, number), http.Viewer(), stop);
        var more = number * OrganisationList.PageSize < shown.Count && number < OrganisationList.PageMax;
        return Results.Ok(new Page<OrganisationShape>(
            [.. shown.Organisations.Select(one => OrganisationShape.Of(one.Organisation, one.People))],
            more ? (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }

    private static Task<IResult> Add(
        OrganisationInput input, HttpContext http, AddOrganisation add, Idempotency once, CancellationToken stop) =>
        once.Run<Organisation>(
            http,
            along => add.Run(http.User.MemberId()!.Value, input.Name, input.Kind, stop, along),
            added => Answer.Of(
                StatusCodes.Status201Created, OrganisationShape.Of(added, people: 0), $"v1/organisations/{added.Slug}"));

    private static async Task<IResult> Get(string slug, HttpContext http, OrganisationPeople people, CancellationToken stop) =>
        await people.Run(slug, http.User.MemberId()!.Value, stop) is { } view
            ? Results.Ok(OrganisationShape.Of(view.Organisation, view.People.Count))
            : Problems.NotFound;

    private static async Task<IResult> Change(
        string slug, OrganisationInput input, HttpContext http, OrganisationPeople people, EditOrganisation edit, CancellationToken stop)
    {
        if (input.Lacking((nameof(input.Name), input.Name is null), (nameof(input.Kind), input.Kind is null)) is { } problem)
            return problem;
        var actorId = http.User.MemberId()!.Value;
        var edited = await edit.Run(slug, actorId, input.Name, input.Kind, stop);
        return edited.IsDone ? await Get(slug, http, people, stop) : edited.Refusal.ToProblem();
    }

    private static Task<IResult> Retire(
        string slug, EndInput? input, HttpContext http, RetireOrganisation retire, Idempotency once, CancellationToken stop) =>
        once.Run<OrganisationRetired>(
            http,
            along => retire.Run(
                new(slug, input?.Bookings, http.User.MemberId()!.Value) { HandOverTo = input?.HandOverTo }, stop, along),
            retired => Answer.Of(StatusCodes.Status200OK, new RetiredOrganisationShape(
                OrganisationShape.Of(retired.Organisation, people: 0), retired.People, retired.BookingsCancelled,
                retired.BookingsHandedOver)));

    private static async Task<IResult> People(string slug, HttpContext http, OrganisationPeople people, CancellationToken stop) =>
        // Bounded by the organisation itself (Organisation.PeopleMax): one page is all there is.
        await people.Run(slug, http.User.MemberId()!.Value, stop) is { } view
            ? Results.Ok(new Page<PersonShape>([.. view.People.Select(PersonShape.Of)], Next: null))
            : Problems.NotFound;

    private static async Task<IResult> ChangeRole(
        string slug, Guid memberId, PersonInput input, HttpContext http, OrganisationPeople people, ChangeMembershipRole change,
        CancellationToken stop)
    {
        if (input.Lacking((nameof(input.Role), input.Role is null)) is { } problem)
            return problem;
        var actorId = http.User.MemberId()!.Value;
        if (!await people.LooksAfter(slug, actorId, stop))
            return Problems.NotFound;
        if (input.Role is { } role && await change.Run(slug, memberId, role, actorId, stop) is { IsDone: false, Refusal: { } refusal })
            return refusal.ToProblem();
        return await people.Find(slug, memberId, actorId, stop) is { } view ? Results.Ok(PersonShape.Of(view.Person)) : Problems.NotFound;
    }

    private static async Task<IResult> End(
        string slug, Guid memberId,
        [Description("What becomes of the bookings ahead: keep (if it is left out) or cancel. With handOverTo: of those that the "
            + "colleague may not have; left out, the request is refused with hand_over_not_possible if there are any.")]
        Asked<BookingsAheadWish>? bookings,
        [Description("A colleague in the same organisation whose the bookings ahead become.")]
        Asked<Guid>? handOverTo,
        HttpContext http, EndMembership end, CancellationToken stop)
    {
        var ended = await end.Run(
            new(slug, memberId, bookings?.Value, http.User.MemberId()!.Value) { HandOverTo = handOverTo?.Value }, stop);
        return ended.IsDone
            ? Results.Ok(new EndedMembershipShape(memberId, ended.Value.BookingsCancelled, ended.Value.BookingsHandedOver))
            : ended.Refusal.ToProblem();
    }
}

/// <param name="Kind">start_up, company, mittelstand, research or one of the hub's own.</param>
/// <param name="People">How many belong to it.</param>
/// <param name="RetiredAt">From then on it has no people and takes none; null: it stands.</param>
public sealed record OrganisationShape(string Slug, string Name, string Kind, int People, Instant? RetiredAt)
{
    internal static OrganisationShape Of(Organisation organisation, int people) =>
        new(organisation.Slug, organisation.Name, organisation.Kind, people, organisation.RetiredAt);
}

public sealed record OrganisationInput : MergePatch
{
    public string? Name { get; init => field = Given(value); }

    /// <summary>start_up, company, mittelstand, research or one of the hub's own.</summary>
    public string? Kind { get; init => field = Given(value); }
}

/// <param name="Bookings">
/// What becomes of bookings ahead; keep if it is left out. With HandOverTo: of those that the colleague may not have; left out, the request
/// is refused with hand_over_not_possible if there are any.
/// </param>
/// <param name="HandOverTo">One of its people whose the bookings ahead of all others become.</param>
[FieldsMayBeLeftOut]
public sealed record EndInput(BookingsAheadWish? Bookings = null, Guid? HandOverTo = null);

/// <param name="PeopleEnded">How many memberships ended.</param>
/// <param name="BookingsHandedOver">Those that are the colleague’s now.</param>
public sealed record RetiredOrganisationShape(
    OrganisationShape Organisation, int PeopleEnded, int BookingsCancelled, int BookingsHandedOver);

/// <param name="LastSeenAt">Of the sessions that there are; null without one.</param>
public sealed record PersonShape(
    Guid MemberId, string Name, string Email, MembershipRole Role, Instant JoinedAt, Instant? LastSeenAt, bool IsDisabled)
{
    internal static PersonShape Of(OrganisationPerson person) => new(
        person.MemberId, person.Name, person.Email.Shown, person.Role, person.JoinedAt, person.LastSeenAt, person.IsDisabled);
}

public sealed record PersonInput : MergePatch
{
    public MembershipRole? Role { get; init => field = Given(value); }
}

/// <param name="BookingsHandedOver">Those that are the colleague's now.</param>
public sealed record EndedMembershipShape(Guid MemberId, int BookingsCancelled, int BookingsHandedOver);
