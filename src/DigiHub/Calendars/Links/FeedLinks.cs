using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Organisations;
using DigiHub.Spaces;

namespace DigiHub.Calendars.Links;

/// <param name="SpaceId">Of a desk or room.</param>
/// <param name="SiteId">Of a site.</param>
/// <param name="Organisation">Of an organisation: its name in addresses.</param>
public sealed record FeedLinkRequest(
    Guid MemberId, FeedOf Of, FeedDetail Detail, int? SpaceId = null, int? SiteId = null, string? Organisation = null);

/// <param name="Shows">As people call it: the room, the site, the organisation; null: one's own bookings.</param>
public sealed record ShownFeedLink(AccessToken Token, FeedLink Link, string? Shows);

/// <summary>A link as it is handed to its owner, this once.</summary>
public sealed record NewFeedLink(ShownFeedLink Shown, string Secret);

/// <summary>
/// Calendar links of a member. Who made one must still be allowed to see what it shows: that is asked again each time a calendar asks.
/// </summary>
public sealed class FeedLinks(HubDbFactory databases, UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>The member's links that stand, the newest first; bounded by <see cref="FeedLink.PerMemberMax"/>.</summary>
    public async Task<IReadOnlyList<ShownFeedLink>> Of(Guid memberId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var rows = await Standing(db, memberId).AsNoTracking().OrderByDescending(token => token.CreatedAt)
            .Join(db.FeedLinks.AsNoTracking(), token => token.Id, link => link.TokenId, (token, link) => new { token, link })
            .LeftJoin(db.Organisations, row => row.link.OrganisationId, of => of.Id, (row, of) => new { row.token, row.link, of!.Name })
            .ToListAsync(stop);
        return [.. rows.Select(row => new ShownFeedLink(row.token, row.link, Called(map, row.link, row.Name)))];
    }

    /// <summary>The organisations of which the member may make a link.</summary>
    public async Task<IReadOnlyList<Organisation>> OrganisationsFor(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var own = db.Memberships.Standing().Where(one => one.MemberId == memberId);
        return await db.Organisations.AsNoTracking().Where(one => one.RetiredAt == null && own.Any(mine => mine.OrganisationId == one.Id))
            .OrderBy(one => one.Name).ToListAsync(stop);
    }

    /// <summary>
    /// Makes a link and hands out its secret, which is stored nowhere; the member gets an e-mail about it. Refuses with not_found for what
    /// is not there or not theirs, feed_only_busy where they may see when but not what, and feed_link_count.
    /// </summary>
    public async Task<Outcome<NewFeedLink>> Make(FeedLinkRequest request, CancellationToken stop, Alongside<NewFeedLink>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run<NewFeedLink>(async db =>
        {
            await db.AcquireLocks([LockKey.OfSubject(request.MemberId)], stop);
            var now = clock.GetCurrentInstant();
            var organisation = request.Of != FeedOf.Organisation ? null
                : await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Slug == request.Organisation, stop);
            var link = new FeedLink
            {
                TokenId = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Of = request.Of,
                Detail = request.Detail,
                SpaceId = request.Of == FeedOf.Space ? request.SpaceId : null,
                SiteId = request.Of == FeedOf.Site ? request.SiteId : null,
                OrganisationId = organisation?.Id,
            };
            if (!await db.MayRead(link, FeedDetail.Busy, request.MemberId, map, now, stop))
                return Refusal.NotFound;
            if (!await db.MayRead(link, link.Detail, request.MemberId, map, now, stop))
                return OnlyBusy;
            if (await Standing(db, request.MemberId).CountAsync(stop) >= FeedLink.PerMemberMax)
                return TooMany;

            var shows = Called(map, link, organisation?.Name);
            var made = await AccessTokens.RecordLink(db, link.TokenId, request.MemberId, shows ?? "", now, stop);
            db.FeedLinks.Add(link);
            return new NewFeedLink(new(made.Token, link, shows), made.Secret);
        }, stop, along);
    }

    private static IQueryable<AccessToken> Standing(HubDb db, Guid memberId) => db.AccessTokens.Where(token =>
        token.MemberId == memberId && token.Use == TokenUse.CalendarLink && token.RevokedAt == null);

    private static string? Called(HubDirectory map, FeedLink link, string? organisation) => link.Of switch
    {
        FeedOf.Space => map.Space(link.SpaceId!.Value)?.Name,
        FeedOf.Site => map.Place(link.SiteId!.Value)?.Site.Name,
        FeedOf.Organisation => organisation,
        _ => null,
    };

    private static Refusal OnlyBusy { get; } = new("feed_only_busy", new(
        "You can see when this is booked, but not by whom. Choose busy times only.",
        "Sie sehen, wann hier gebucht ist, aber nicht, von wem. Wählen Sie nur die belegten Zeiten.",
        "Du siehst, wann hier gebucht ist, aber nicht, von wem. Wähle nur die belegten Zeiten."))
    { Field = "detail" };

    private static Refusal TooMany { get; } = new("feed_link_count", new(
        $"You already have {FeedLink.PerMemberMax} calendar links. Revoke one you no longer need.",
        $"Sie haben schon {FeedLink.PerMemberMax} Kalender-Abos. Widerrufen Sie eines, das Sie nicht mehr brauchen.",
        $"Du hast schon {FeedLink.PerMemberMax} Kalender-Abos. Widerrufe eines, das du nicht mehr brauchst."));
}

/// <summary>What a link may show is what its owner sees on the pages just now.</summary>
internal static class FeedRights
{
    extension(HubDb db)
    {
        public async Task<bool> MayRead(
            FeedLink link, FeedDetail detail, Guid memberId, HubDirectory map, Instant now, CancellationToken stop)
        {
            if (await db.Viewer(memberId, now, stop) is not { } viewer)
                return false;
            return link.Of switch
            {
                FeedOf.Space => link.SpaceId is { } id && map.Space(id) is { IsGone: false } space
                    && (detail == FeedDetail.Busy || viewer.Sees(space.SiteId)),
                FeedOf.Site => link.SiteId is { } id && map.Place(id) is { Site.RetiredAt: null }
                    && (detail == FeedDetail.Busy || viewer.Sees(id)),
                FeedOf.Organisation => link.OrganisationId is { } id
                    && await db.Memberships.Standing().AnyAsync(one => one.MemberId == memberId && one.OrganisationId == id, stop)
                    && (detail == FeedDetail.Busy || await db.LooksAfter(id, memberId, now, stop)),
                _ => true,
            };
        }
    }
}
