using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <param name="LastSeenAt">Of the sessions that there are; null without one.</param>
/// <param name="IsLastAdministrator">They can neither leave nor be let go.</param>
public sealed record OrganisationPerson(
    Guid MemberId, PersonName Name, EmailAddress Email, MembershipRole Role, Instant JoinedAt, Instant? LastSeenAt, bool IsDisabled,
    bool IsLastAdministrator);

/// <param name="BookingsAhead">Of all its people whose home it is.</param>
/// <param name="People">By name, at most <see cref="Organisation.PeopleMax"/>.</param>
public sealed record OrganisationView(Organisation Organisation, Words Kind, IReadOnlyList<OrganisationPerson> People, int BookingsAhead);

/// <param name="Ahead">The member's bookings not begun yet; empty where the membership is not home.</param>
/// <param name="Colleagues">To whom these can be handed over, by name; empty for viewers who do not look after the organisation.</param>
public sealed record MembershipView(
    Organisation Organisation, OrganisationPerson Person, IReadOnlyList<Booking> Ahead, IReadOnlyList<OrganisationPerson> Colleagues);

/// <summary>An organisation with its people, for its administrators and for who manages members; they see nobody else's people.</summary>
public sealed class OrganisationPeople(HubDbFactory databases, IClock clock)
{
    /// <summary>Null: no such organisation, or not theirs to look after.</summary>
    public async Task<OrganisationView?> Run(string slug, Guid viewerId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, stop) is not { } organisation
            || !await db.LooksAfter(organisation.Id, viewerId, now, stop))
            return null;
        var people = await People(db, db.Memberships.Standing().Where(one => one.OrganisationId == organisation.Id), now, stop);
        var home = db.Memberships.Home().Where(one => one.OrganisationId == organisation.Id);
        var ahead = await db.Bookings.CountAsync(booking => booking.Status == BookingStatus.Confirmed && booking.Start > now
            && home.Any(one => one.MemberId == booking.MemberId), stop);
        return new OrganisationView(organisation, (await db.KindNames(stop))[organisation.Kind], people, ahead);
    }

    /// <summary>
    /// One membership that stands, before it ends or changes; for who looks after the organisation, and for the member. Null otherwise.
    /// </summary>
    public async Task<MembershipView?> Find(string slug, Guid memberId, Guid viewerId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, stop) is not { } organisation)
            return null;
        var looksAfter = await db.LooksAfter(organisation.Id, viewerId, now, stop);
        if (memberId != viewerId && !looksAfter)
            return null;
        var standing = db.Memberships.Standing().Where(one => one.OrganisationId == organisation.Id);
        var people = await People(db, standing, now, stop);
        var person = people.FirstOrDefault(one => one.MemberId == memberId);
        if (person is null)
            return null;
        var ahead = await standing.AnyAsync(one => one.MemberId == memberId && one.IsHome, stop)
            ? await db.BookingsAheadOf(memberId, now).AsNoTracking().ToListAsync(stop)
            : [];
        return new MembershipView(organisation, person, ahead,
            looksAfter ? [.. people.Where(one => one.MemberId != memberId && !one.IsDisabled)] : []);
    }

    /// <summary>Whether the viewer looks after the people of this organisation.</summary>
    public async Task<bool> LooksAfter(string slug, Guid viewerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var id = await db.Organisations.Where(one => one.Slug == slug).Select(one => (int?)one.Id).SingleOrDefaultAsync(stop);
        return id is { } organisationId && await db.LooksAfter(organisationId, viewerId, clock.GetCurrentInstant(), stop);
    }

    /// <summary>All organisations of a member, the one that is home first.</summary>
    public async Task<IReadOnlyList<HeldMembership>> Of(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var held = await db.Memberships.AsNoTracking().Standing().Where(one => one.MemberId == memberId)
            .Join(db.Organisations, one => one.OrganisationId, of => of.Id, (one, of) => new HeldMembership(one, of)).ToListAsync(stop);
        return [.. held.OrderByDescending(one => one.Membership.IsHome).ThenBy(one => one.Organisation.NameKey, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<OrganisationPerson>> People(
        HubDb db, IQueryable<Membership> standing, Instant now, CancellationToken stop)
    {
        var sessions = db.Sessions;
        var rows = await standing.Join(db.Members, one => one.MemberId, member => member.Id, (one, member) => new
        {
            member.Id,
            member.Name,
            member.NameKey,
            member.Email,
            member.DisabledAt,
            one.Role,
            one.JoinedAt,
            LastSeenAt = sessions.Where(session => session.MemberId == member.Id && session.ExpiresAt > now)
                .Max(session => (Instant?)session.LastSeenAt),
        }).OrderBy(row => row.NameKey).ThenBy(row => row.Id).Take(Organisation.PeopleMax).ToListAsync(stop);
        var administrators = rows.Where(row => row.Role == MembershipRole.Administrator).ToList();
        return [.. rows.Select(row => new OrganisationPerson(row.Id, row.Name, row.Email, row.Role, row.JoinedAt, row.LastSeenAt,
            row.DisabledAt is not null, row.Role == MembershipRole.Administrator
                && !administrators.Exists(other => other.Id != row.Id && other.DisabledAt is null)))];
    }
}
