namespace DigiHub.Data;

/// <summary>
/// Writes in the same transaction as an act, so that neither exists without the other. May run again with
/// the act it belongs to, so it must not touch anything but the context.
/// </summary>
/// <param name="done">What the act made; not saved yet.</param>
public delegate Task Alongside<in T>(HubDb db, T done, CancellationToken stop);
