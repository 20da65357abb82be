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
        CleanedPicture? clean = null;
        if (request.Sent is { } sent)
        {
            var read = await CleanedPicture.Read(sent, stop);
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
            var hash = clean is null ? null : await clean.KeepIn(db, stop);
            var draft = await SavePlan.Write(db, request.ActorId, request.FloorId, latest, FloorPlanDraft.Of(shown), hash, now, stop);
            await db.ForgetPictures(stop);
            return (Outcome<PlanPictureSet>)new PlanPictureSet(draft, clean?.Dropped ?? []);
        }, stop);
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
