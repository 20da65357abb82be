using System.Globalization;
using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Text;

namespace DigiHub.Memberships;

/// <summary>What an organisation must be, and who may look after it and its people.</summary>
internal static class OrganisationRules
{
    public const int OrganisationsMax = 5_000;

    private const int SlugNumberMax = 5; // "-9999"
    private const string Reserved = "new"; // the page that adds an organisation stands there

    extension(HubDb db)
    {
        /// <summary>Everything that is wrong with the name and the kind, in one refusal; null if nothing is.</summary>
        /// <param name="exceptId">The organisation that is changed; null for a new one.</param>
        public async Task<Refusal?> WhyNotOrganisation(string? name, string? kind, int? exceptId, CancellationToken stop)
        {
            List<Refusal> wrong = [];
            if (TypedText.Line(name) is not { } line)
            {
                wrong.Add(NameMissing);
            }
            else if (line.Length > Organisation.NameMax)
            {
                wrong.Add(NameTooLong);
            }
            else
            {
                var key = SearchText.Fold(line);
                if (await db.Organisations.AnyAsync(other => other.NameKey == key && other.Id != exceptId, stop))
                    wrong.Add(NameTaken(line));
            }

            if (kind is null || !await db.OrganisationKinds.AnyAsync(one => one.Key == kind, stop))
                wrong.Add(KindUnknown);
            return Refusal.AllOf(wrong);
        }

        /// <summary>As sites have theirs, with a number if another organisation has it.</summary>
        public async Task<string> SlugOfOrganisation(string name, CancellationToken stop)
        {
            var wanted = WantedSlug(name);
            return FreeSlug(name, (await db.Organisations.Where(other => other.Slug.StartsWith(wanted)).Select(other => other.Slug)
                .ToListAsync(stop)).ToHashSet());
        }

        /// <summary>
        /// The actor looks after the people of this organisation: as its administrator, or of all as somebody who manages members.
        /// </summary>
        /// <param name="actorId">Null: the operator, by a command.</param>
        public async Task<bool> LooksAfter(int organisationId, Guid? actorId, Instant now, CancellationToken stop)
        {
            if (actorId is null)
                return true;
            if (await db.Viewer(actorId, now, stop) is not { } actor)
                return false;
            return actor.May(Permission.ManageMembers) || await db.Memberships.Standing().AnyAsync(one =>
                one.MemberId == actorId && one.OrganisationId == organisationId && one.Role == MembershipRole.Administrator, stop);
        }
    }

    /// <summary>The name in addresses that none of these has.</summary>
    public static string FreeSlug(string name, IReadOnlySet<string> taken)
    {
        var slug = WantedSlug(name);
        for (var number = 2; slug == Reserved || taken.Contains(slug); number++)
            slug = string.Create(CultureInfo.InvariantCulture, $"{WantedSlug(name)}-{number}");
        return slug;
    }

    private static string WantedSlug(string name) =>
        UrlName.Of(name, Organisation.SlugMax - SlugNumberMax, ifNothing: "organisation");

    public static Refusal Retired { get; } = new("organisation_retired", new(
        "This organisation is retired. It takes no people any more.",
        "Diese Organisation ist stillgelegt und nimmt niemanden mehr auf."))
    { Field = "organisation" };

    public static Refusal Full { get; } = new("organisation_full", new(
        $"An organisation has at most {Organisation.PeopleMax} people.",
        $"Eine Organisation hat höchstens {Organisation.PeopleMax} Mitglieder."))
    { Field = "organisation" };

    public static Refusal TooMany { get; } = new("too_many_organisations", new(
        $"A hub has at most {OrganisationsMax} organisations.", $"Ein Hub hat höchstens {OrganisationsMax} Organisationen."));

    public static Refusal KindUnknown { get; } = new("kind_unknown", new(
        "Choose what kind of organisation it is.", "Wählen Sie die Art der Organisation.", "Wähle die Art der Organisation."))
    { Field = "kind" };

    private static Refusal NameMissing { get; } = new("name_missing", new(
        "Enter the organisation’s name.", "Geben Sie den Namen der Organisation ein.", "Gib den Namen der Organisation ein."))
    { Field = "name" };

    public static Refusal NameTooLong { get; } = new("name_too_long", new(
        $"Use at most {Organisation.NameMax} characters.", $"Höchstens {Organisation.NameMax} Zeichen sind möglich."))
    { Field = "name" };

    private static Refusal NameTaken(string name) => new("organisation_name_taken", new(
        $"There is already an organisation called {name}. Look for it, also among those that are retired.",
        $"Eine Organisation namens {name} gibt es schon. Suchen Sie nach ihr, auch unter den stillgelegten.",
        $"Eine Organisation namens {name} gibt es schon. Such nach ihr, auch unter den stillgelegten."))
    { Field = "name" };
}
