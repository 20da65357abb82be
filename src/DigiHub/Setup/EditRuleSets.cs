using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>Rules for booking as somebody describes them.</summary>
public sealed record RuleSetDraft
{
    /// <summary>A blank half falls back to the other language.</summary>
    public required LocalisedText Name { get; init; }

    public required Granularity Granularity { get; init; }

    /// <summary>5, 15, 30 or 60.</summary>
    public int StepMinutes { get; init; } = 15;

    public int MinMinutes { get; init; } = 15;

    public int MaxMinutes { get; init; } = 4 * 60;

    public int MaxDays { get; init; } = 1;

    public int NoticeMinutes { get; init; }

    public int HorizonDays { get; init; } = 60;

    public int SetUpMinutes { get; init; }

    public int TearDownMinutes { get; init; }

    /// <inheritdoc cref="RuleSet.CheckInGraceMinutes"/>
    public int? CheckInGraceMinutes { get; init; }

    /// <inheritdoc cref="RuleSet.CheckInOpensMinutes"/>
    public int CheckInOpensMinutes { get; init; } = 15;

    /// <inheritdoc cref="RuleSet.SparesLongBookings"/>
    public bool SparesLongBookings { get; init; }

    /// <inheritdoc cref="RuleSet.NeedsApproval"/>
    public bool NeedsApproval { get; init; }

    /// <inheritdoc cref="RuleSet.AllowsWalkUps"/>
    public bool AllowsWalkUps { get; init; }

    /// <summary>
    /// By whom bookings are approved, by their addresses; empty: by who approves at the site. Null: they stay as they are.
    /// </summary>
    public IReadOnlyList<string>? Approvers { get; init; }

    /// <summary>As they are.</summary>
    public static RuleSetDraft Of(RuleSet rules) => new()
    {
        Name = rules.Name,
        Granularity = rules.Granularity,
        StepMinutes = rules.StepMinutes,
        MinMinutes = rules.MinMinutes,
        MaxMinutes = rules.MaxMinutes,
        MaxDays = rules.MaxDays,
        NoticeMinutes = rules.NoticeMinutes,
        HorizonDays = rules.HorizonDays,
        SetUpMinutes = rules.SetUpMinutes,
        TearDownMinutes = rules.TearDownMinutes,
        CheckInGraceMinutes = rules.CheckInGraceMinutes,
        CheckInOpensMinutes = rules.CheckInOpensMinutes,
        SparesLongBookings = rules.SparesLongBookings,
        NeedsApproval = rules.NeedsApproval,
        AllowsWalkUps = rules.AllowsWalkUps,
    };
}

/// <param name="Spaces">How many are booked by them from now on.</param>
public sealed record RuleSetChanged(RuleSet Rules, int Spaces);

/// <summary>
/// Adds, changes and deletes sets of rules. Who looks after a site may add some and give them to its desks and rooms; who looks after all
/// sites where a set counts changes it. A change counts for bookings made or moved from the commit on; what is booked stays.
/// </summary>
public sealed class EditRuleSets(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock)
{
    private static readonly string[] derived = [nameof(RuleSet.Revision)];

    /// <summary>
    /// Refuses with not_found (for who may not), name_missing, name_too_long, step_invalid, number_out_of_range, min_above_max,
    /// off_the_step, rules_name_taken, too_many_rule_sets, approver_unknown and too_many_approvers.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<RuleSet>> Add(
        Guid? actorId, RuleSetDraft draft, CancellationToken stop, Alongside<RuleSet>? along = null)
    {
        if (RuleSetRules.WhyNot(draft) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // two who add one of the same name wait for each other
            var now = clock.GetCurrentInstant();
            if (!await MaySomewhere(db, actorId, now, stop))
                return Refusal.NotFound;
            var others = await db.RuleSets.AsNoTracking().ToListAsync(stop);
            if (others.Exists(other => RuleSetRules.SameName(other.Name, draft.Name)))
                return RuleSetRules.NameTaken;
            if (others.Count >= RuleSetRules.SetsMax)
                return RuleSetRules.TooMany;

            var rules = new RuleSet { Name = default, Granularity = draft.Granularity };
            Write(draft, rules);
            db.Add(rules);
            await db.SaveChangesAsync(stop); // gives it its number
            if (await Name(db, draft, rules.Id, stop) is { IsDone: false, Refusal: var unknown })
                return unknown!;
            db.Record(now, actorId, SetupActs.RulesCreated, rules.Id, rules.Name.Words.German);
            return (Outcome<RuleSet>)rules;
        }, stop, along);
    }

    /// <summary>Refuses as <see cref="Add"/>, and with rules_used_elsewhere and stale.</summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    public async Task<Outcome<RuleSetChanged>> Change(
        Guid? actorId, int id, RuleSetDraft draft, int? ifRevision, CancellationToken stop)
    {
        if (RuleSetRules.WhyNot(draft) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // bookings in progress are decided by the old rules, later ones by the new
            var now = clock.GetCurrentInstant();
            var found = await ToChange(db, actorId, id, ifRevision, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var rules = found.Value;
            var others = await db.RuleSets.AsNoTracking().Where(other => other.Id != id).ToListAsync(stop);
            if (others.Exists(other => RuleSetRules.SameName(other.Name, draft.Name)))
                return RuleSetRules.NameTaken;

            Write(draft, rules);
            var named = await Name(db, draft, id, stop);
            if (!named.IsDone)
                return named.Refusal;
            var changes = FieldChanges.Of(db, rules, derived);
            if (changes is not null || named.Value)
            {
                rules.Revision++;
                db.Record(now, actorId, SetupActs.RulesEdited, rules.Id, rules.Name.Words.German, changes);
            }

            return (Outcome<RuleSetChanged>)new RuleSetChanged(
                rules, await db.Spaces.CountAsync(space => space.RulesId == id && space.RetiredFrom == null, stop));
        }, stop);
    }

    /// <summary>Refuses with not_found, stale and rules_in_use: while a desk or room has them, they stay.</summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    public Task<Outcome<RuleSet>> Delete(Guid? actorId, int id, int? ifRevision, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue], stop); // nobody gives them to a space meanwhile
        var now = clock.GetCurrentInstant();
        var found = await ToChange(db, actorId, id, ifRevision, now, stop);
        if (!found.IsDone)
            return found.Refusal;
        if (await db.Spaces.CountAsync(space => space.RulesId == id, stop) is > 0 and var used)
            return RuleSetRules.Used(used);
        db.Remove(found.Value);
        db.Record(now, actorId, SetupActs.RulesDeleted, id, found.Value.Name.Words.German);
        return found;
    }, stop);

    private static async Task<Outcome<RuleSet>> ToChange(
        HubDb db, Guid? actorId, int id, int? ifRevision, Instant now, CancellationToken stop)
    {
        if (!await MaySomewhere(db, actorId, now, stop)
            || await db.RuleSets.SingleOrDefaultAsync(one => one.Id == id, stop) is not { } rules)
            return Refusal.NotFound;
        if (actorId is not null)
        {
            var viewer = (await db.Viewer(actorId, now, stop))!;
            var used = await db.Sites.AsNoTracking()
                .Where(site => db.Set<Space>().Any(space => space.SiteId == site.Id && space.RulesId == id))
                .OrderBy(site => site.Id).Select(site => new { site.Id, site.Name }).ToListAsync(stop);
            string[] elsewhere = [.. used.Where(site => !viewer.May(Permission.ManageSites, site.Id)).Select(site => site.Name)];
            if (elsewhere.Length > 0)
                return RuleSetRules.UsedElsewhere(elsewhere);
        }

        return ifRevision is { } seen && seen != rules.Revision ? Refusal.Stale : rules;
    }

    private static async Task<bool> MaySomewhere(HubDb db, Guid? actorId, Instant now, CancellationToken stop) =>
        actorId is null || (await db.Viewer(actorId, now, stop))?.MayAnywhere(Permission.ManageSites) == true;

    public const int ApproversMax = 20;

    /// <summary>The addresses of those who decide on bookings by these rules, by name; none: who approves at the site does.</summary>
    public async Task<IReadOnlyList<EmailAddress>> ApproversOf(int id, CancellationToken stop)
    {
        await using var db = databases.Open();
        var named = db.SpaceApprovers.Where(one => one.RulesId == id);
        return await db.Members.Where(member => named.Any(one => one.MemberId == member.Id)).OrderBy(member => member.NameKey)
            .Select(member => member.Email).ToListAsync(stop);
    }

    /// <summary>Whether they are others than before. Refuses with approver_unknown and too_many_approvers.</summary>
    private static async Task<Outcome<bool>> Name(HubDb db, RuleSetDraft draft, int rulesId, CancellationToken stop)
    {
        if (draft.Approvers is null)
            return false;
        HashSet<Guid> wanted = [];
        foreach (var typed in draft.Approvers.Where(one => !string.IsNullOrWhiteSpace(one)))
        {
            var key = EmailAddress.TryParse(typed, out var email) ? email.Key : "";
            var ids = await db.Members.Where(one => one.NormalizedEmail == key && one.DisabledAt == null).Select(one => one.Id)
                .ToListAsync(stop);
            if (ids is not [var id])
                return RuleSetRules.ApproverUnknown(typed.Trim());
            wanted.Add(id);
        }

        if (wanted.Count > ApproversMax)
            return RuleSetRules.TooManyApprovers;
        var known = await db.SpaceApprovers.Where(one => one.RulesId == rulesId).ToListAsync(stop);
        List<SpaceApprover> gone = [.. known.Where(one => !wanted.Contains(one.MemberId))];
        db.SpaceApprovers.RemoveRange(gone);
        wanted.ExceptWith(known.Select(one => one.MemberId));
        db.SpaceApprovers.AddRange(wanted.Select(memberId => new SpaceApprover { RulesId = rulesId, MemberId = memberId }));
        return gone.Count + wanted.Count > 0;
    }

    private static void Write(RuleSetDraft draft, RuleSet rules)
    {
        rules.Name = draft.Name.Each(TypedText.Line);
        rules.Granularity = draft.Granularity;
        (rules.StepMinutes, rules.MinMinutes, rules.MaxMinutes) = (draft.StepMinutes, draft.MinMinutes, draft.MaxMinutes);
        (rules.MaxDays, rules.NoticeMinutes, rules.HorizonDays) = (draft.MaxDays, draft.NoticeMinutes, draft.HorizonDays);
        (rules.SetUpMinutes, rules.TearDownMinutes) = (draft.SetUpMinutes, draft.TearDownMinutes);
        (rules.CheckInGraceMinutes, rules.CheckInOpensMinutes) = (draft.CheckInGraceMinutes, draft.CheckInOpensMinutes);
        rules.SparesLongBookings = draft.SparesLongBookings;
        rules.NeedsApproval = draft.NeedsApproval;
        rules.AllowsWalkUps = draft.AllowsWalkUps;
    }
}
