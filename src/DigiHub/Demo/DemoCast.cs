using DigiHub.Access;
using DigiHub.Members;

namespace DigiHub.Demo;

/// <summary>Somebody of the demo to sign in as, shown on the sign-in page in demo mode only.</summary>
public sealed record CastMember(
    PersonName Name, EmailAddress Email, IReadOnlyList<Role> Roles, int OrganisationId, Language Language, Words Part)
{
    /// <summary>Ada looks after the people of her start-up.</summary>
    public MembershipRole RoleInOrganisation { get; init; }
}

/// <summary>The fixed cast. They have no passwords: outside demo mode nobody can sign in as one of them.</summary>
public static class DemoCast
{
    public static readonly CastMember Ada = new(PersonName.Of("Ada Lindholm"),
        EmailAddress.Of("ada@ledgerlicht.example"), [], 1, Language.English,
        new("Member of a start-up, with a usual desk", "Mitglied eines Start-ups, mit Stammplatz"))
    { RoleInOrganisation = MembershipRole.Administrator };

    public static readonly CastMember Bob = new(PersonName.Of("Bob Adomeit"),
        EmailAddress.Of("bob@feinmechanik-spandau.example"), [], 25, Language.German,
        new("Member from the Mittelstand, books rooms", "Mitglied aus dem Mittelstand, bucht Räume"));

    public static readonly CastMember Grace = new(PersonName.Of("Grace Wendland"),
        EmailAddress.Of("grace@vernetzte-dinge.example"), [Role.Organiser], 35, Language.English,
        new("Organiser from a research institute", "Veranstaltungsteam aus der Forschung"));

    public static readonly CastMember Frida = new(PersonName.Of("Frida Kossak"),
        EmailAddress.Of("frida@digihub.example"), [Role.FrontDesk], 40, Language.German,
        new("Front desk", "Empfang"));

    public static readonly CastMember Alan = new(PersonName.Of("Alan Petersen"),
        EmailAddress.Of("alan@digihub.example"), [Role.Administrator, Role.Organiser], 40, Language.German,
        new("Administrator", "Verwaltung"));

    public static IReadOnlyList<CastMember> All { get; } = [Ada, Bob, Grace, Frida, Alan];

    /// <summary>The desk Ada sits at whenever she can; the demo keeps it free for her on the days to come.</summary>
    public const string UsualDeskOfAda = "E2-05";
}
