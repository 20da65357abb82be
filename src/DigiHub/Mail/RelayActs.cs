using DigiHub.Activity;

namespace DigiHub.Mail;

/// <summary>What administrators do to the relay, of which the hub has one.</summary>
public static class RelayActs
{
    public static readonly HubAct Resumed = new("relay.resumed");
}
