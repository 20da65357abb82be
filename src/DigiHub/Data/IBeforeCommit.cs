namespace DigiHub.Data;

/// <summary>
/// Looks at what a unit of work has done, just before it is saved and committed, and may add to it: what must be in the same commit but is no
/// business of the work's (webhooks to tell of it).
/// </summary>
public interface IBeforeCommit
{
    Task Look(HubDb db, CancellationToken stop);
}
