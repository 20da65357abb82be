namespace DigiHub.Data;

/// <summary>
/// Adds to what an act has decided, so that both are in one commit: neither ever stands without the other. May run again with
/// the act it belongs to, so it must not touch anything but the context.
/// </summary>
/// <param name="done">What the act made; not saved yet.</param>
public delegate Task Alongside<in T>(HubDb db, T done, CancellationToken stop);
