using DigiHub.Access;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Spaces;

/// <summary>The rules by which desks and rooms are booked, for who sets up a site.</summary>
internal static class RuleSetsApi
{
    public static void MapRuleSetsApi(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rule-sets").WithTags("Rule sets");
        var (manages, sees) = (nameof(Permission.ManageSites), nameof(Permission.SeeAdministration));
        rules.MapGet("/", async (Catalogue catalogue, CancellationToken stop) =>
            (await catalogue.Map(stop)) is var map ? map.RuleSets.Select(set => RuleSetShape.Of(set, map)).ToArray() : [])
            .RequireAuthorization(sees).WithName("listRuleSets")
            .WithSummary("List the rules by which desks and rooms are booked").Produces<RuleSetShape[]>();
        rules.MapGet("/{id:int}", Get).RequireAuthorization(sees).WithName("getRuleSet")
            .WithSummary("Get a set of rules for booking").Produces<RuleSetShape>();
        rules.MapPost("/", Add).RequireAuthorization(manages).WithName("addRuleSet")
            .WithSummary("Add a set of rules for booking").Produces<RuleSetShape>(StatusCodes.Status201Created);
        rules.MapPatch("/{id:int}", Change).RequireAuthorization(manages).AcceptsMergePatch<RuleSetInput>().WithName("changeRuleSet")
            .WithSummary("Change rules for all desks and rooms that have them, from the next booking on").Produces<RuleSetShape>();
        rules.MapDelete("/{id:int}", Delete).RequireAuthorization(manages).WithName("deleteRuleSet")
            .WithSummary("Delete rules that no desk or room has").Produces<RuleSetShape>();
    }

    private static async Task<IResult> Get(int id, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return map.RuleSets.FirstOrDefault(set => set.Id == id) is { } rules
            ? Answer.Of(StatusCodes.Status200OK, RuleSetShape.Of(rules, map), rules.Revision)
            : Problems.NotFound;
    }

    private static Task<IResult> Add(
        RuleSetInput input, HttpContext http, EditRuleSets edit, Idempotency once, CancellationToken stop) =>
        once.Run<RuleSet>(
            http,
            along => edit.Add(http.User.MemberId()!.Value, input.OnTopOf(new() { Name = default, Granularity = Granularity.Minutes }),
                stop, along),
            rules => Answer.Of(
                StatusCodes.Status201Created, RuleSetShape.Of(rules, spaces: 0), rules.Revision, $"v1/rule-sets/{rules.Id}"));

    private static async Task<IResult> Change(
        int id, RuleSetInput input, HttpContext http, EditRuleSets edit, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        problem ??= input.Incomplete;
        if (problem is not null)
            return problem;
        if ((await catalogue.Map(stop)).RuleSets.FirstOrDefault(set => set.Id == id) is not { } known)
            return Problems.NotFound;

        // Even with "*" omitted properties come from the version just read, so a concurrent change must not be overwritten.
        var changed = await edit.Change(
            http.User.MemberId()!.Value, id, input.OnTopOf(RuleSetDraft.Of(known)), revision ?? known.Revision, stop);
        return changed.IsDone
            ? Answer.Of(StatusCodes.Status200OK, RuleSetShape.Of(changed.Value.Rules, changed.Value.Spaces), changed.Value.Rules.Revision)
            : changed.Refusal.ToProblem();
    }

    private static async Task<IResult> Delete(int id, HttpContext http, EditRuleSets edit, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var deleted = await edit.Delete(http.User.MemberId()!.Value, id, revision, stop);
        return deleted.IsDone ? Results.Ok(RuleSetShape.Of(deleted.Value, spaces: 0)) : deleted.Refusal.ToProblem();
    }
}

/// <param name="Granularity">minutes, half_day or day: the steps in which it is booked.</param>
/// <param name="HorizonDays">Calendar days ahead, in the site's zone, to the end of that day.</param>
/// <param name="CheckInGraceMinutes">
/// So long after the start who has booked may check in, then the booking is released; null: nobody is asked to check in.
/// </param>
/// <param name="CheckInOpensMinutes">Check-in opens so long before the start; what is booked later counts as checked in.</param>
/// <param name="SparesLongBookings">Bookings of eight hours and more are not asked about.</param>
/// <param name="NeedsApproval">Each booking holds its space until somebody decides on it.</param>
/// <param name="AllowsWalkUps">
/// Who stands at its door may take it on the screen there; needs steps of minutes, no notice and no approval.
/// </param>
/// <param name="Revision">Also the ETag.</param>
/// <param name="Spaces">How many desks and rooms have them.</param>
public sealed record RuleSetShape(
    int Id, string? NameDe, string? NameEn, Granularity Granularity, int StepMinutes, int MinMinutes, int MaxMinutes, int MaxDays,
    int NoticeMinutes, int HorizonDays, int SetUpMinutes, int TearDownMinutes, int? CheckInGraceMinutes, int CheckInOpensMinutes,
    bool SparesLongBookings, bool NeedsApproval, bool AllowsWalkUps, int Revision, int Spaces)
{
    internal static RuleSetShape Of(RuleSet rules, HubDirectory map) =>
        Of(rules, map.Spaces.Count(space => space.RulesId == rules.Id && !space.IsGone));

    internal static RuleSetShape Of(RuleSet rules, int spaces) => new(
        rules.Id, rules.Name.German, rules.Name.English, rules.Granularity, rules.StepMinutes, rules.MinMinutes, rules.MaxMinutes,
        rules.MaxDays, rules.NoticeMinutes, rules.HorizonDays, rules.SetUpMinutes, rules.TearDownMinutes, rules.CheckInGraceMinutes,
        rules.CheckInOpensMinutes, rules.SparesLongBookings, rules.NeedsApproval, rules.AllowsWalkUps, rules.Revision, spaces);
}

/// <summary>What is left out of a change stays; of new rules it is as usual.</summary>
public sealed record RuleSetInput : MergePatch
{
    /// <summary>Null where English serves both; one of the two is needed.</summary>
    public string? NameDe { get; init => field = Given(value); }

    /// <summary>Null where German serves both.</summary>
    public string? NameEn { get; init => field = Given(value); }

    /// <summary>minutes, half_day or day.</summary>
    public Granularity? Granularity { get; init => field = Given(value); }

    /// <summary>5, 15, 30 or 60.</summary>
    public int? StepMinutes { get; init => field = Given(value); }

    /// <summary>5 to 1,440.</summary>
    public int? MinMinutes { get; init => field = Given(value); }

    /// <summary>5 to 1,440.</summary>
    public int? MaxMinutes { get; init => field = Given(value); }

    /// <summary>1 to 31.</summary>
    public int? MaxDays { get; init => field = Given(value); }

    /// <summary>0 to 43,200.</summary>
    public int? NoticeMinutes { get; init => field = Given(value); }

    /// <summary>1 to 366.</summary>
    public int? HorizonDays { get; init => field = Given(value); }

    /// <summary>0 to 480.</summary>
    public int? SetUpMinutes { get; init => field = Given(value); }

    /// <summary>0 to 480.</summary>
    public int? TearDownMinutes { get; init => field = Given(value); }

    /// <summary>5 to 240; null: nobody is asked to check in.</summary>
    public int? CheckInGraceMinutes { get; init => field = Given(value); }

    /// <summary>5 to 120.</summary>
    public int? CheckInOpensMinutes { get; init => field = Given(value); }

    /// <summary>True: bookings of eight hours and more are not asked about.</summary>
    public bool? SparesLongBookings { get; init => field = Given(value); }

    /// <summary>True: each booking has to be approved. By whom in particular is chosen in the browser.</summary>
    public bool? NeedsApproval { get; init => field = Given(value); }

    /// <summary>True: who stands at the door may take it on the screen there, for 15, 30 or 60 minutes.</summary>
    public bool? AllowsWalkUps { get; init => field = Given(value); }

    internal IResult? Incomplete => Lacking(
        (nameof(AllowsWalkUps), AllowsWalkUps is null),
        (nameof(NeedsApproval), NeedsApproval is null),
        (nameof(Granularity), Granularity is null), (nameof(StepMinutes), StepMinutes is null),
        (nameof(MinMinutes), MinMinutes is null),
        (nameof(MaxMinutes), MaxMinutes is null), (nameof(MaxDays), MaxDays is null), (nameof(NoticeMinutes), NoticeMinutes is null),
        (nameof(HorizonDays), HorizonDays is null), (nameof(SetUpMinutes), SetUpMinutes is null),
        (nameof(TearDownMinutes), TearDownMinutes is null), (nameof(CheckInOpensMinutes), CheckInOpensMinutes is null),
        (nameof(SparesLongBookings), SparesLongBookings is null));

    internal RuleSetDraft OnTopOf(RuleSetDraft rules) => new()
    {
        Name = new LocalisedText(
            Has(nameof(NameDe)) ? NameDe : rules.Name.German, Has(nameof(NameEn)) ? NameEn : rules.Name.English),
        Granularity = Granularity ?? rules.Granularity,
        StepMinutes = StepMinutes ?? rules.StepMinutes,
        MinMinutes = MinMinutes ?? rules.MinMinutes,
        MaxMinutes = MaxMinutes ?? rules.MaxMinutes,
        MaxDays = MaxDays ?? rules.MaxDays,
        NoticeMinutes = NoticeMinutes ?? rules.NoticeMinutes,
        HorizonDays = HorizonDays ?? rules.HorizonDays,
        SetUpMinutes = SetUpMinutes ?? rules.SetUpMinutes,
        TearDownMinutes = TearDownMinutes ?? rules.TearDownMinutes,
        CheckInGraceMinutes = Has(nameof(CheckInGraceMinutes)) ? CheckInGraceMinutes : rules.CheckInGraceMinutes,
        CheckInOpensMinutes = CheckInOpensMinutes ?? rules.CheckInOpensMinutes,
        SparesLongBookings = SparesLongBookings ?? rules.SparesLongBookings,
        NeedsApproval = NeedsApproval ?? rules.NeedsApproval,
        AllowsWalkUps = AllowsWalkUps ?? rules.AllowsWalkUps,
    };
}
