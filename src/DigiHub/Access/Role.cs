using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DigiHub.Access;

/// <summary>What somebody may be besides a member, who can book without any; <see cref="Permissions"/> says what each may do.</summary>
public enum Role
{
    Organiser,
    FrontDesk,
    Administrator,

    /// <summary>Reads and changes nothing.</summary>
    Auditor,

    /// <summary>Decides on bookings that need approval.</summary>
    Approver,
}

/// <summary>A role as somebody holds it now.</summary>
/// <param name="SiteId">Null: for the whole hub.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HeldRole(Role Role, int? SiteId)
{
    /// <summary>What a hub cannot be without.</summary>
    public static HeldRole HubAdministrator { get; } = new(Role.Administrator, SiteId: null);

    /// <summary>"FrontDesk", or "FrontDesk@2" for that of one site.</summary>
    public override string ToString() =>
        SiteId is { } site ? string.Create(CultureInfo.InvariantCulture, $"{Role}@{site}") : Role.ToString();

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out HeldRole? held)
    {
        held = text?.Split('@') switch
        {
            [var hubs] when IsRole(hubs, out var role) => new HeldRole(role, null),
            [var sites, var id] when IsRole(sites, out var role)
                && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var site) => new HeldRole(role, site),
            _ => (HeldRole?)null,
        };
        return held is not null;
    }

    // A number is not a name, though the parser takes it for one.
    private static bool IsRole(string text, out Role role) =>
        Enum.TryParse(text, out role) && Enum.IsDefined(role) && role.ToString() == text;
}
