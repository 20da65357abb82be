using DigiHub.Activity;

namespace DigiHub.Operations;

/// <summary>What operators do to the hub as a whole.</summary>
public static class OperationsActs
{
    public static readonly HubAct Restored = new("hub.restored");

    public static readonly HubAct Released = new("hub.released");

    /// <summary>Somebody looked through what others did.</summary>
    public static readonly HubAct ActivityRead = new("hub.activity_read");
}
