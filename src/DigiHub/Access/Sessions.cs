using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>How long a sign-in lasts: without a request, and at all.</summary>
public sealed record SessionLife(Duration Idle, Duration Absolute);

/// <param name="Usual">For members, organisers and the front desk.</param>
/// <param name="Administrators">Shorter, to limit the damage of an unattended session.</param>
public sealed record SessionLives(SessionLife Usual, SessionLife Administrators);

/// <summary>The member of a session's key, at present.</summary>
public sealed record SignedIn(
    Guid MemberId, PersonName Name, EmailAddress Email, IReadOnlyList<HeldRole> Roles, Language Language, Instant SignedInAt)
{
    /// <summary>Whose delegate they are.</summary>
    public IReadOnlyList<ActingFor> ActsFor { get; init; } = [];
}

/// <summary>The sessions of members, kept on the server: begun by a sign-in, found by their key at each request, ended at once.</summary>
/// <param name="lives">In force now.</param>
public sealed class Sessions(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock, Func<SessionLives> lives)
{
    /// <summary>Last-seen times are this coarse, so that reading pages does not write to the database each time.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(5);

    /// <summary>One for each role and delegation, one for members without any.</summary>
    private sealed record Found(
        string SessionStamp, Instant CreatedAt, Instant LastSeenAt, Instant ExpiresAt,
        Guid MemberId, PersonName Name, EmailAddress Email, Language Language, string MemberStamp, Instant? DisabledAt,
        Role? Role, int? SiteId, Guid? For, bool? SeesTitles);

    // Kept by the instance, not static: a compiled query serves one model only, and tests run both engines.
    private readonly Func<HubDb, byte[], Instant, IAsyncEnumerable<Found>> find =
        EF.CompileAsyncQuery((HubDb db, byte[] hash, Instant now) =>
            from session in db.Set<Session>()
            join member in db.Set<Member>() on session.MemberId equals member.Id
            where session.Hash == hash
            from grant in db.Set<RoleGrant>()
                .Where(one => one.MemberId == member.Id && (one.EndsAt == null || one.EndsAt > now)).DefaultIfEmpty()
            from delegation in db.Set<Delegation>()
                .Where(one => one.DelegateId == member.Id && (one.EndsAt == null || one.EndsAt > now)).DefaultIfEmpty()
            select new Found(
                session.SecurityStamp, session.CreatedAt, session.LastSeenAt, session.ExpiresAt,
                member.Id, member.Name, member.Email, member.Language, member.SecurityStamp, member.DisabledAt,
                (Role?)grant!.Role, grant.SiteId,
                (Guid?)delegation!.MemberId, (bool?)delegation.SeesTitles));

    /// <summary>Begins a session and gives its key, 43 url-safe characters that are stored nowhere; and when it ends for good.</summary>
    /// <param name="endingKey">The key of a session this one takes the place of.</param>
    /// <exception cref="RefusedException">The database stayed too busy; no session was begun.</exception>
    public async Task<(string Key, Instant ExpiresAt)> Begin(Member member, string device, string? endingKey, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var key = RandomToken.Make();
        var session = new Session
        {
            Hash = RandomToken.Hash(key),
            MemberId = member.Id,
            SecurityStamp = member.SecurityStamp,
            Device = device.Length > Session.DeviceMax ? device[..Session.DeviceMax] : device,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + LifeOf(await HeldBy(member.Id, now, stop)).Absolute,
        };
        var begun = await unitOfWork.Run<Session>(async db =>
        {
            await db.Sessions.Where(old => old.ExpiresAt <= now).ExecuteDeleteAsync(stop);
            if (endingKey is not null)
            {
                var ending = RandomToken.Hash(endingKey);
                await db.Sessions.Where(old => old.Hash == ending).ExecuteDeleteAsync(stop);
            }

            db.Sessions.Add(session);
            return session;
        }, stop);
        return (key, begun.Value.ExpiresAt);
    }

    /// <summary>Who signed in with this key; null when the session is over or never was, or the member is disabled.</summary>
    public async Task<SignedIn?> Find(string key, CancellationToken stop)
    {
        var hash = RandomToken.Hash(key);
        var now = clock.GetCurrentInstant();
        List<Found> rows;
        await using (var db = databases.Open())
            rows = await find(db, hash, now).ToListAsync(stop);
        var roles = ActorSet.Held(rows.Select(row => (row.Role, row.SiteId)));
        if (rows is not [var found, ..] || found.DisabledAt is not null || found.SessionStamp != found.MemberStamp
            || now >= found.ExpiresAt || !IsWithin(LifeOf(roles), found.CreatedAt, found.LastSeenAt, now))
            return null;

        if (now - found.LastSeenAt >= SeenEvery)
            await See(hash, now, stop);
        return new SignedIn(found.MemberId, found.Name, found.Email, roles, found.Language, found.CreatedAt)
        {
            ActsFor = ActorSet.ActsFor(rows.Select(row => (row.For, row.SeesTitles))),
        };
    }

    /// <exception cref="RefusedException">
    /// The database stayed too busy: the session still lives, and the caller must not report success.
    /// </exception>
    public async Task End(string key, CancellationToken stop)
    {
        var hash = RandomToken.Hash(key);
        await End(sessions => sessions.Where(session => session.Hash == hash), stop);
    }

    /// <summary>Ends one of the member's sessions, by its hash; false if they have no such session.</summary>
    /// <inheritdoc cref="End(string, CancellationToken)"/>
    public async Task<bool> EndOne(Guid memberId, byte[] hash, CancellationToken stop) =>
        await End(sessions => sessions.Where(session => session.MemberId == memberId && session.Hash == hash), stop) > 0;

    /// <summary>Ends all of the member's sessions but the one with this key.</summary>
    /// <inheritdoc cref="End(string, CancellationToken)"/>
    public async Task EndOthers(Guid memberId, string? exceptKey, CancellationToken stop)
    {
        var kept = exceptKey is null ? [] : RandomToken.Hash(exceptKey);
        await End(sessions => sessions.Where(session => session.MemberId == memberId && session.Hash != kept), stop);
    }

    /// <summary>The member's sessions that still live, the one seen last first.</summary>
    public async Task<IReadOnlyList<Session>> Of(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var stamp = await db.Members.Where(member => member.Id == memberId)
            .Select(member => member.SecurityStamp).SingleOrDefaultAsync(stop);
        var roles = await db.RoleGrants.InForce(now).HeldBy(memberId, stop);
        var (begunAfter, seenAfter) = (now - LifeOf(roles).Absolute, now - LifeOf(roles).Idle);
        return await db.Sessions.AsNoTracking()
            .Where(session => session.MemberId == memberId && session.SecurityStamp == stamp && session.ExpiresAt > now
                && session.CreatedAt > begunAfter && session.LastSeenAt > seenAfter)
            .OrderByDescending(session => session.LastSeenAt)
            .ToListAsync(stop);
    }

    private async Task<int> End(Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken stop) =>
        (await unitOfWork.Run<int>(async db => await which(db.Sessions).ExecuteDeleteAsync(stop), stop)).Value;

    // Uses the current roles: a new administrator does not keep a session of thirty days.
    private static bool IsWithin(SessionLife life, Instant begunAt, Instant seenAt, Instant now) =>
        now - begunAt < life.Absolute && now - seenAt < life.Idle;

    private SessionLife LifeOf(IEnumerable<HeldRole> roles) => Viewer.HasShortSessions(roles) ? lives().Administrators : lives().Usual;

    private async Task<IReadOnlyList<HeldRole>> HeldBy(Guid memberId, Instant now, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.RoleGrants.InForce(now).HeldBy(memberId, stop);
    }

    private Task See(byte[] hash, Instant now, CancellationToken stop) =>
        unitOfWork.Note(async (db, brief) => await db.Sessions.Where(session => session.Hash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), brief), stop);
}
