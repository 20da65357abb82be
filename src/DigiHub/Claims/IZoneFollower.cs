using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Claims;

/// <summary>
/// A capability with things whose time was agreed on the site's clock. It says which of them no longer fit the zone's rules and how they
/// are set right; <see cref="RecomputeInstants"/> does it for those of all capabilities together.
/// </summary>
public interface IZoneFollower
{
    /// <summary>Of each capability, at one time; the next run goes on.</summary>
    const int RowsMax = 10_000;

    /// <summary>What of the site is still to come and out of date, tracked, at most <see cref="RowsMax"/>.</summary>
    Task<IReadOnlyList<OutOfDate>> OutOfDate(HubDb db, HubDirectory map, SiteContext place, Instant now, CancellationToken stop);
}

/// <summary>One thing whose instants are not what its local times mean by now.</summary>
/// <param name="SetRight">Derives them again, and whatever depends on them but its claims.</param>
public sealed record OutOfDate(Subject Thing, Func<Task> SetRight)
{
    /// <summary>Held while it is set right, besides those of all units.</summary>
    public LockKey? Lock { get; init; }

    /// <summary>Null: it takes no space.</summary>
    public TakenAgain? Space { get; init; }
}

/// <summary>How a thing takes its space again.</summary>
/// <param name="PromisedAt">When it was taken first: of several that overlap by the new rules, the earlier keeps it.</param>
/// <param name="Take">Refuses where something else has the space.</param>
/// <param name="Lost">Records that.</param>
public sealed record TakenAgain(Instant PromisedAt, Func<Task<Refusal?>> Take, Action Lost);
