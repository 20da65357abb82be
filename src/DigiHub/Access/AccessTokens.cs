using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Access;

/// <summary>A token as it is handed to its owner, this once.</summary>
public sealed record NewToken(AccessToken Token, string Secret);

/// <summary>The member a token speaks for just now.</summary>
public sealed record TokenHolder(
    Guid TokenId, Guid MemberId, PersonName Name, EmailAddress Email, IReadOnlyList<HeldRole> Roles, Language Language)
{
    /// <summary>Whose delegate they are.</summary>
    public IReadOnlyList<ActingFor> ActsFor { get; init; } = [];
}

/// <summary>
/// Tokens of members' programs and calendars. Looked up by their hash at each call and never cached: a
/// revoked token, a disabled member or a revoked role, by any process, takes effect at the next call.
/// </summary>
public sealed class AccessTokens(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock)
{
    public const string ApiPrefix = "hub_pat_";
    public const string FeedPrefix = "hub_cal_";
    public const string LinkPrefix = "hub_lnk_";

    private static readonly Duration usedEvery = Duration.FromHours(1);

    /// <summary>One for each role and delegation, one for members without any.</summary>
    private sealed record Found(
        Guid TokenId, Instant? ExpiresAt, Instant? RevokedAt, Instant? LastUsedAt, TokenUse Use,
        Guid MemberId, PersonName Name, EmailAddress Email, Language Language,
        Role? Role, int? SiteId, Guid? For, bool? SeesTitles);

    // Kept by the instance, not static: a compiled query serves one model only, and tests run both engines.
    private readonly Func<HubDb, byte[], Instant, IAsyncEnumerable<Found>> find =
        EF.CompileAsyncQuery((HubDb db, byte[] hash, Instant now) =>
            from token in db.Set<AccessToken>()
            join member in db.Set<Member>() on token.MemberId equals member.Id
            where token.Hash == hash && member.DisabledAt == null
            from grant in db.Set<RoleGrant>()
                .Where(one => one.MemberId == member.Id && (one.EndsAt == null || one.EndsAt > now)).DefaultIfEmpty()
            from delegation in db.Set<Delegation>()
                .Where(one => one.DelegateId == member.Id && (one.EndsAt == null || one.EndsAt > now)).DefaultIfEmpty()
            select new Found(
                token.Id, token.ExpiresAt, token.RevokedAt, token.LastUsedAt, token.Use,
                member.Id, member.Name, member.Email, member.Language, (Role?)grant!.Role, grant.SiteId,
                (Guid?)delegation!.MemberId, (bool?)delegation.SeesTitles));

    /// <summary>
    /// Makes a token for programs and hands out its secret, which is stored nowhere; the member gets a notification about it. Refuses with
    /// "token_name" for a missing or too long name, "token_life" for a life that is none or longer than
    /// <see cref="AccessToken.LifeMax"/>, and "token_count" beyond <see cref="AccessToken.PerMemberMax"/> standing tokens.
    /// </summary>
    public Task<Outcome<NewToken>> Make(Guid memberId, string name, Duration life, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var called = TypedText.Line(name) ?? "";
        return unitOfWork.Run<NewToken>(async db =>
        {
            if (called.Length is 0 or > AccessToken.NameMax)
                return BadName;
            if (life <= Duration.Zero || life > AccessToken.LifeMax)
                return BadLife;
            if (await Standing(db, now).CountAsync(token => token.MemberId == memberId && token.Use != TokenUse.CalendarLink, stop)
                >= AccessToken.PerMemberMax)
                return TooManyTokens;
            return await Record(db, NewId(now), memberId, TokenUse.Api, called, now, life, stop);
        }, stop);
    }

    /// <summary>Revokes the member's feed token, if there is one, and makes a new one: the old address stops working at once.</summary>
    public async Task<Outcome<NewToken>> RotateFeed(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run<NewToken>(async db =>
        {
            await Standing(db, now).Where(token => token.MemberId == memberId && token.Use == TokenUse.CalendarFeed)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, now), stop);
            return await Record(db, NewId(now), memberId, TokenUse.CalendarFeed, "calendar", now, life: null, stop);
        }, stop);
    }

    /// <summary>False if the member has no such standing token.</summary>
    public async Task<Outcome<bool>> Revoke(Guid memberId, Guid tokenId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run<bool>(async db =>
        {
            var revoked = await Standing(db, now).Where(token => token.MemberId == memberId && token.Id == tokenId)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, now), stop);
            if (revoked > 0)
                db.Record(now, memberId, AccessTokenActs.Revoked, tokenId);
            return revoked > 0;
        }, stop);
    }

    /// <summary>Revokes all tokens of the member's programs, and says how many there were; a calendar address stays.</summary>
    public async Task<Outcome<int>> RevokeAll(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run<int>(async db =>
        {
            var standing =
                await Standing(db, now).Where(token => token.MemberId == memberId && token.Use == TokenUse.Api).ToListAsync(stop);
            foreach (var token in standing)
            {
                token.RevokedAt = now;
                db.Record(now, memberId, AccessTokenActs.Revoked, token.Id);
            }

            return standing.Count;
        }, stop);
    }

    /// <summary>The member's tokens that stand, the newest first, at most <see cref="AccessToken.PerMemberMax"/> and a feed.</summary>
    public async Task<IReadOnlyList<AccessToken>> Of(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Standing(db, clock.GetCurrentInstant()).AsNoTracking().Where(token => token.MemberId == memberId)
            .OrderByDescending(token => token.CreatedAt).ToListAsync(stop);
    }

    /// <summary>Null for a secret that is unknown, revoked, expired, for another use, or of a disabled member.</summary>
    public async ValueTask<TokenHolder?> Find(TokenUse use, string secret, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<Found> rows;
        await using (var db = databases.Open())
            rows = await find(db, RandomToken.Hash(secret), now).ToListAsync(stop);
        if (rows is not [var found, ..] || found.Use != use || found.RevokedAt is not null || found.ExpiresAt <= now)
            return null;

        if (found.LastUsedAt is not { } last || now - last >= usedEvery)
            await NoteUse(found.TokenId, now, stop);
        return new TokenHolder(found.TokenId, found.MemberId, found.Name, found.Email,
            ActorSet.Held(rows.Select(row => (row.Role, row.SiteId))), found.Language)
        {
            ActsFor = ActorSet.ActsFor(rows.Select(row => (row.For, row.SeesTitles))),
        };
    }

    /// <summary>The secret of a calendar link, within the transaction that says what the link shows.</summary>
    /// <param name="name">Cut to <see cref="AccessToken.NameMax"/>.</param>
    internal static Task<NewToken> RecordLink(HubDb db, Guid id, Guid memberId, string name, Instant now, CancellationToken stop) =>
        Record(db, id, memberId, TokenUse.CalendarLink, TypedText.Line(name, AccessToken.NameMax) ?? "", now, life: null, stop);

    private static Guid NewId(Instant now) => Guid.CreateVersion7(now.ToDateTimeOffset());

    private static async Task<NewToken> Record(
        HubDb db, Guid id, Guid memberId, TokenUse use, string name, Instant now, Duration? life, CancellationToken stop)
    {
        var secret = RandomToken.Make(use switch
        {
            TokenUse.Api => ApiPrefix,
            TokenUse.CalendarFeed => FeedPrefix,
            _ => LinkPrefix,
        });
        var token = new AccessToken
        {
            Id = id,
            MemberId = memberId,
            Use = use,
            Name = name,
            Hash = RandomToken.Hash(secret),
            CreatedAt = now,
            ExpiresAt = life is { } duration ? now + duration : null,
        };
        db.AccessTokens.Add(token);
        db.Record(now, memberId, AccessTokenActs.Created, token.Id);
        db.Write(NotificationAbout(token, await db.Members.AsNoTracking().SingleAsync(member => member.Id == memberId, stop), now));
        return new NewToken(token, secret);
    }

    private static Notification NotificationAbout(AccessToken token, Member member, Instant now) => Notification.To(
        Recipient.Of(member), MemberNotifications.TokenMade, AccessToken.Subject.Of(token.Id), now);

    private Task NoteUse(Guid tokenId, Instant now, CancellationToken stop) =>
        unitOfWork.Note(async (db, brief) => await db.AccessTokens.Where(token => token.Id == tokenId)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, now), brief), stop);

    private static IQueryable<AccessToken> Standing(HubDb db, Instant now) =>
        db.AccessTokens.Where(token => token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now));

    private static Refusal BadName { get; } = new("token_name", new(
        $"Give the token a name of at most {AccessToken.NameMax} characters that says what it is for.",
        $"Geben Sie dem Token einen Namen aus höchstens {AccessToken.NameMax} Zeichen, der sagt, wofür es ist.",
        $"Gib dem Token einen Namen aus höchstens {AccessToken.NameMax} Zeichen, der sagt, wofür es ist."))
    { Field = "tokenName" };

    private static Refusal BadLife { get; } = new("token_life", new(
        $"A token can be valid for 1 to {AccessToken.LifeMax.Days} days.", $"Ein Token gilt 1 bis {AccessToken.LifeMax.Days} Tage."))
    { Field = "days" };

    private static Refusal TooManyTokens { get; } = new("token_count", new(
        $"You already have {AccessToken.PerMemberMax} tokens. Revoke one you no longer need.",
        $"Sie haben schon {AccessToken.PerMemberMax} Tokens. Widerrufen Sie eines, das Sie nicht mehr brauchen.",
        $"Du hast schon {AccessToken.PerMemberMax} Tokens. Widerrufe eines, das du nicht mehr brauchst."));
}
