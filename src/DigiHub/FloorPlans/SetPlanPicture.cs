using System.Security.Cryptography;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <param name="Sent">The file as it came; null takes the picture away.</param>
/// <param name="Revision">As in <see cref="SavePlanRequest"/>.</param>
public sealed record PlanPictureRequest(Guid ActorId, int FloorId, int? Revision, ReadOnlyMemory<byte>? Sent);

/// <param name="Dropped">What was in the file and did not come along; see <see cref="CleanSvg"/>.</param>
public sealed record PlanPictureSet(FloorPlan Draft, IReadOnlyList<string> Dropped);

/// <summary>Lays a picture beneath the draft of a floor's plan, or takes it away.</summary>
public sealed class SetPlanPicture(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), stale if somebody else saved since, and as <see cref="CleanSvg.Read"/> and
    /// <see cref="CleanPicture.Read"/>.
    /// </summary>
    public async Task<Outcome<PlanPictureSet>> Run(PlanPictureRequest request, CancellationToken stop)
    {
        Clean? clean = null;
        if (request.Sent is { } sent)
        {
            var read = await Read(sent, stop);
            if (!read.IsDone)
                return read.Refusal;
            clean = read.Value;
        }

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfPlanPictures, LockKey.OfFloorPlans(request.FloorId)], stop);
            var now = clock.GetCurrentInstant();
            if (!await db.MayDraw(request.ActorId, request.FloorId, now, stop))
                return Refusal.NotFound;
            var latest = await db.LatestRevision(request.FloorId, stop);
            if (request.Revision is { } seen && seen != latest)
                return Refusal.Stale;

            var shown = await db.PlanToDraw(request.FloorId, stop);
            var hash = clean is null ? null : await Kept(db, clean, stop);
            var draft = await SavePlan.Write(db, request.ActorId, request.FloorId, latest, FloorPlanDraft.Of(shown), hash, now, stop);
            await db.ForgetPictures(stop);
            return (Outcome<PlanPictureSet>)new PlanPictureSet(draft, clean?.Dropped ?? []);
        }, stop);
    }

    /// <param name="Dropped">What was in the file and did not come along, where that can be named.</param>
    private sealed record Clean(string MediaType, byte[] Bytes, IReadOnlyList<string> Dropped);

    private static async Task<Outcome<Clean>> Read(ReadOnlyMemory<byte> sent, CancellationToken stop)
    {
        if (CleanPicture.Is(sent.Span))
        {
            var picture = await CleanPicture.Read(sent, stop);
            return picture.IsDone ? new Clean("image/webp", picture.Value, []) : picture.Refusal;
        }

        var svg = CleanSvg.Read(sent);
        return svg.IsDone ? new Clean("image/svg+xml", svg.Value.Bytes, svg.Value.Dropped) : svg.Refusal;
    }

    private static async Task<string> Kept(HubDb db, Clean clean, CancellationToken stop)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(clean.Bytes));
        if (await db.Set<PlanPicture>().AnyAsync(picture => picture.Hash == hash, stop))
            return hash;
        db.Add(new PlanPicture { Hash = hash, MediaType = clean.MediaType, Bytes = clean.Bytes });
        await db.SaveChangesAsync(stop);
        return hash;
    }
}

/// <summary>The picture of a plan, by its name.</summary>
public sealed class PlanPictures(HubDbFactory databases)
{
    public async Task<PlanPicture?> Find(string hash, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Set<PlanPicture>().AsNoTracking().SingleOrDefaultAsync(picture => picture.Hash == hash, stop);
    }
}
