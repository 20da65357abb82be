using DigiHub.Access;
using DigiHub.Members;

namespace DigiHub.Demo;

/// <summary>Two hundred members: the cast and made-up colleagues, the same ones each time.</summary>
internal static class DemoPeople
{
    private const int Count = 200;

    private static readonly string[] firstNames =
    [
        "Anneke", "Bengt", "Cem", "Dilara", "Emre", "Fenja", "Gesine", "Hüseyin", "Ines", "Jannis", "Katharina", "Lars",
        "Mehtap", "Nils", "Oxana", "Paweł", "Quirin", "Rieke", "Svenja", "Tarik", "Ulrike", "Viktor", "Wanda", "Yasemin", "Zoran",
    ];

    private static readonly string[] lastNames =
    [
        "Ackermann", "Birkholz", "Czerny", "Demirel", "Eschenbach", "Fontanesi", "Grünwald", "Haselhorst", "Ivanov", "Jäger",
        "Kowalski", "Lohmühle", "Mahlow", "Nowak", "Oppermann", "Pichler", "Quast", "Rautenberg", "Şahin", "Tiedemann",
        "Uhlenhorst", "Voss", "Wuttke", "Yıldız", "Zöllner",
    ];

    public static IReadOnlyList<Member> All(DemoDice dice, Instant now)
    {
        var members = DemoCast.All.Select(part => Member(dice, part.Name, part.Email, part.Language, now)).ToList();
        for (var i = 0; members.Count < Count; i++)
        {
            var first = firstNames[i % firstNames.Length];
            // Steps without a common divisor: no two people share both names.
            var last = lastNames[(i / firstNames.Length + i * 7) % lastNames.Length];
            members.Add(
                Member(dice, PersonName.Of($"{first} {last}"), EmailAddress.Of($"member{i + 1:000}@hub-members.example"),
                    i % 3 == 0 ? Language.English : Language.German, now));
        }

        return members;
    }

    /// <summary>Everybody is of one organisation; the cast's administrate theirs.</summary>
    public static IEnumerable<Membership> Memberships(IReadOnlyList<Member> members, Instant now) => members.Select((member, i) =>
        i < DemoCast.All.Count
            ? Membership.Of(member.Id, DemoCast.All[i].OrganisationId, now, DemoCast.All[i].RoleInOrganisation)
            : Membership.Of(member.Id, DemoOrganisations.All[(i - DemoCast.All.Count) % DemoOrganisations.All.Count].Id, now));

    /// <summary>The cast's roles, and an organiser in forty of the others; all for the whole hub.</summary>
    public static IReadOnlyList<RoleGrant> Grants(IReadOnlyList<Member> members, Instant now) =>
    [
        .. DemoCast.All.Zip(members, (part, member) => part.Roles.Select(role => Grant(member, role, now))).SelectMany(grants => grants),
        .. members.Skip(DemoCast.All.Count).Where((_, i) => i % 40 == 7).Select(member => Grant(member, Role.Organiser, now)),
    ];

    // Their ids are not thrown: the dice fall for the rest of the demo as if there were no roles.
    private static RoleGrant Grant(Member member, Role role, Instant now) =>
        new() { Id = Guid.CreateVersion7(now.ToDateTimeOffset()), MemberId = member.Id, Role = role, GrantedAt = now };

    private static Member Member(
        DemoDice dice, PersonName name, EmailAddress email, Language language, Instant now) => new()
        {
            Id = dice.Id(),
            Name = name,
            Email = email,
            Language = language,
            SecurityStamp = dice.Id().ToString("N"),
            CreatedAt = now,
            HomeSiteId = dice.OneIn(2) ? DemoSites.East : DemoSites.West,
        };
}
