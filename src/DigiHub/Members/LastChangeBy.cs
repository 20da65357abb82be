using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Members;

/// <param name="By">The member's name; null for the hub itself, a guest by link, or somebody who is gone.</param>
public sealed record Change(string? By, Instant At);

/// <summary>Who changed a thing last, and when, as activity has it; for those who may see the thing.</summary>
public sealed class LastChangeBy(HubDbFactory databases)
{
    /// <returns>Null where nothing is known of it.</returns>
    public async Task<Change?> Of(Subject subject, CancellationToken stop)
    {
        await using var db = databases.Open();
        var members = db.Members;
        var last = await db.ActivityOf(subject, max: 1)
            .Select(entry =>
                new { entry.At, Name = members.Where(member => member.Id == entry.ActorId).Select(member => member.Name).FirstOrDefault() })
            .FirstOrDefaultAsync(stop);
        return last is null ? null : new Change(last.Name, last.At);
    }
}
