using System.Runtime.InteropServices;

namespace DigiHub.Members;

/// <summary>Who looks: a member with their roles, or somebody who has not signed in.</summary>
/// <param name="MemberId">Null: not signed in.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Viewer(Guid? MemberId, Roles Roles)
{
    public static Viewer Anonymous => default;

    public static Viewer Of(Member member) => new(member.Id, member.Roles);

    /// <summary>The front desk and administrators see what belongs to others and act for them.</summary>
    public bool SeesAll => MemberId is not null && (Roles & (Roles.FrontDesk | Roles.Administrator)) != Roles.Member;
}
