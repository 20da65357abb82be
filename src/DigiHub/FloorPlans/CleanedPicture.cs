using System.Security.Cryptography;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>A picture as the hub wrote it again from the file that somebody sent.</summary>
/// <param name="MediaType">image/svg+xml or image/webp</param>
/// <param name="Dropped">What was in the file and did not come along, where that can be named.</param>
internal sealed record CleanedPicture(string MediaType, byte[] Bytes, IReadOnlyList<string> Dropped)
{
    /// <summary>Refuses as <see cref="CleanSvg.Read"/> and <see cref="CleanPicture.Read"/>.</summary>
    public static async Task<Outcome<CleanedPicture>> Read(ReadOnlyMemory<byte> sent, CancellationToken stop)
    {
        if (CleanPicture.Is(sent.Span))
        {
            var picture = await CleanPicture.Read(sent, stop);
            return picture.IsDone ? new CleanedPicture("image/webp", picture.Value, []) : picture.Refusal;
        }

        var svg = CleanSvg.Read(sent);
        return svg.IsDone ? new CleanedPicture("image/svg+xml", svg.Value.Bytes, svg.Value.Dropped) : svg.Refusal;
    }

    /// <summary>Under <see cref="LockKey.OfPlanPictures"/>; returns its name.</summary>
    public async Task<string> KeepIn(HubDb db, CancellationToken stop)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Bytes));
        if (await db.Set<PlanPicture>().AnyAsync(picture => picture.Hash == hash, stop))
            return hash;
        db.Add(new PlanPicture { Hash = hash, MediaType = MediaType, Bytes = Bytes });
        await db.SaveChangesAsync(stop);
        return hash;
    }
}
