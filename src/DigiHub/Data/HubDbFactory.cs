namespace DigiHub.Data;

/// <summary>Opens a fresh context on whichever engine this hub runs.</summary>
public sealed class HubDbFactory(Func<HubDb> open)
{
    public HubDb Open() => open();
}
