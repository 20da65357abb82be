using DigiHub.Activity;

namespace DigiHub.Displays;

/// <summary>What is done to screens.</summary>
public static class DeviceActs
{
    public static readonly Act<Guid> Paired = Device.Subject.Act("paired");
    public static readonly Act<Guid> Revoked = Device.Subject.Act("revoked");
}
