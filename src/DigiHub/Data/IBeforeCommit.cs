namespace DigiHub.Data;

/// <summary>
/// Called just before a unit of work is saved and committed, and may add to it: rows that must be in the same commit but are no
/// concern of the work itself, such as webhook deliveries.
/// </summary>
public interface IBeforeCommit
{
    Task Look(HubDb db, CancellationToken stop);
}
