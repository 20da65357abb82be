using DigiHub.Activity;

namespace DigiHub.Access;

/// <summary>What is done to tokens of programs and calendars.</summary>
public static class AccessTokenActs
{
    public static readonly Act<Guid> Created = AccessToken.Subject.Act("created");
    public static readonly Act<Guid> Revoked = AccessToken.Subject.Act("revoked");
}
