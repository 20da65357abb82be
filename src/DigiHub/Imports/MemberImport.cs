using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Imports;

/// <summary>
/// People, found by their addresses, with the organisation that is their home. What they may do is given on their page, never by a file.
/// </summary>
internal sealed class MemberImport(RelayReach reach) : IImportKind
{
    public const string EmailColumn = "email", NameColumn = "name", FirstColumn = "firstName", LastColumn = "lastName",
        LanguageColumn = "language", OrganisationColumn = "organisation", RoleColumn = "role";

    public ImportKind Kind => ImportKind.Members;

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new(NameColumn, new("Name", "Name")) { AlsoCalled = ["Full name", "Vor- und Nachname"] },
        new(FirstColumn, new("First name", "Vorname")) { IsReadOnly = true, AlsoCalled = ["Given name"] },
        new(LastColumn, new("Last name", "Nachname")) { IsReadOnly = true, AlsoCalled = ["Surname", "Familienname", "Family name"] },
        new(EmailColumn, new("E-mail", "E-Mail")) { AlsoCalled = ["Mail", "E-mail address", "E-Mail-Adresse", "Adresse"] },
        new(LanguageColumn, new("Language", "Sprache")),
        new(OrganisationColumn, new("Organisation", "Organisation"))
        {
            AlsoCalled = ["Organization", "Firma", "Company", "Unternehmen"],
            MayBeCleared = true,
        },
        new(RoleColumn, new("Role", "Rolle")) { IsReadOnly = true, AlsoCalled = ["Rollen", "Roles", "Rechte"], WhyNot = NoRoles },
    ];

    public IReadOnlyList<string[]> Needed { get; } = [[EmailColumn]];

    public Permission Permission => Permission.ManageMembers;

    public bool IsOfSite => false;

    public LockKey Lock => LockKey.OfAccess;

    public async Task<ImportRun> Open(HubDb db, int? siteId, CancellationToken stop) => new MemberImportRun(
        Columns, reach,
        await db.Members.AsNoTracking().OrderBy(member => member.NameKey).ThenBy(member => member.Id).ToListAsync(stop),
        await db.Organisations.AsNoTracking().ToListAsync(stop),
        await db.Memberships.AsNoTracking().Standing().ToListAsync(stop));

    private static Refusal NoRoles { get; } = new("roles_not_imported", new(
        "Roles can’t be imported. Leave that column out, and give roles on the page of each person.",
        "Rollen lassen sich nicht importieren. Lassen Sie diese Spalte weg und vergeben Sie Rollen auf der Seite der Person.",
        "Rollen lassen sich nicht importieren. Lass diese Spalte weg und vergib Rollen auf der Seite der Person."))
    { Field = "columns" };
}

internal sealed class MemberImportRun : KeyedImportRun
{
    private static readonly IReadOnlyList<ImportChoice> languages =
    [
        new(nameof(Language.German), new("German", "Deutsch"), "de"), new(nameof(Language.English), new("English", "Englisch"), "en"),
    ];

    private readonly RelayReach reach;
    private readonly List<Member> members;
    private readonly Dictionary<string, Member> byKey;
    private readonly Dictionary<string, Organisation> organisations = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Organisation> homes = [];
    private readonly Dictionary<int, int> people;
    private readonly HashSet<Guid> lastAdministrators;
    private Dictionary<Guid, Member> now = [];
    private HashSet<Guid> inUse = [];
    private ILookup<Guid, Membership> memberships = Array.Empty<Membership>().ToLookup(one => one.MemberId);

    public MemberImportRun(
        IReadOnlyList<ImportColumn> columns, RelayReach reach, List<Member> members, List<Organisation> organisations,
        List<Membership> memberships)
        : base(columns)
    {
        (this.reach, this.members) = (reach, members);
        byKey = members.ToDictionary(member => member.NormalizedEmail, StringComparer.Ordinal);
        foreach (var organisation in organisations)
            this.organisations.TryAdd(organisation.NameKey, organisation);
        var byId = organisations.ToDictionary(one => one.Id);
        foreach (var home in memberships.Where(one => one.IsHome))
            homes[home.MemberId] = byId[home.OrganisationId];
        people = memberships.GroupBy(one => one.OrganisationId).ToDictionary(group => group.Key, group => group.Count());
        var canSignIn = members.Where(member => member.DisabledAt is null).Select(member => member.Id).ToHashSet();
        lastAdministrators = [.. memberships.Where(one => one.Role == MembershipRole.Administrator).GroupBy(one => one.OrganisationId)
            .SelectMany(group => group.Where(one =>
                one.IsHome && !group.Any(other => other.MemberId != one.MemberId && canSignIn.Contains(other.MemberId))))
            .Select(one => one.MemberId)];
    }

    protected override string KeyColumn => MemberImport.EmailColumn;

    public override IEnumerable<(Guid Id, ImportCells Cells)> All() =>
        members.Where(member => member.DisabledAt is null).Select(member => (member.Id, CellsOf(member)));

    public override Words Show(string column, string value) =>
        column == MemberImport.LanguageColumn ? ShowChoice(value, languages) : new(value, value);

    protected override GivenRow Prepare(GivenRow row)
    {
        var cells = row.Cells.Where(cell => cell.Key is not (MemberImport.FirstColumn or MemberImport.LastColumn))
            .ToDictionary(StringComparer.Ordinal);
        string?[] parts = [row.Cells.GetValueOrDefault(MemberImport.FirstColumn), row.Cells.GetValueOrDefault(MemberImport.LastColumn)];
        if (!cells.ContainsKey(MemberImport.NameColumn) && string.Join(' ', parts.OfType<string>()) is { Length: > 0 } name)
            cells[MemberImport.NameColumn] = name;
        return row with { Cells = cells };
    }

    protected override string LabelOf(GivenRow row) =>
        row.Cells.GetValueOrDefault(MemberImport.NameColumn) ?? row.Cells.GetValueOrDefault(MemberImport.EmailColumn) ?? "";

    protected override string KeyOf(string value) => EmailAddress.Of(value).Key;

    protected override (Guid Id, ImportCells Cells)? Find(string key) =>
        byKey.TryGetValue(key, out var found) ? (found.Id, CellsOf(found)) : null;

    protected override Outcome<string> Read(ImportColumn column, string typed)
    {
        switch (column.Key)
        {
            case MemberImport.EmailColumn:
                var address = EmailAddress.Parse(typed);
                return !address.IsDone ? address.Refusal
                    : reach.WhyNot(address.Value) is { } unreachable ? unreachable : address.Value.Shown;
            case MemberImport.NameColumn:
                var name = PersonName.Parse(typed);
                return name.IsDone ? name.Value.Text : name.Refusal;
            case MemberImport.LanguageColumn:
                return ReadChoice(column, typed, languages);
            default:
                return organisations.TryGetValue(SearchText.Fold(typed), out var organisation)
                    ? organisation.Name
                    : ImportRefusals.NoSuch(column, typed, Nearest(typed));
        }
    }

    protected override IEnumerable<string> NeededOfNew(ImportCells given) => [MemberImport.NameColumn];

    protected override ImportCells Filled(ImportCells given)
    {
        var full = new ImportCells(given);
        full.TryAdd(MemberImport.LanguageColumn, nameof(Language.German));
        full.TryAdd(MemberImport.OrganisationColumn, "");
        return full;
    }

    protected override Refusal? WhyNot(Guid? id, ImportCells before, ImportCells after)
    {
        var wanted = after.Of(MemberImport.OrganisationColumn);
        if (id is not null && before.Of(MemberImport.OrganisationColumn) == wanted)
            return null;
        if (id is { } memberId && lastAdministrators.Contains(memberId))
            return MembershipRules.LastAdministrator;
        if (wanted.Length == 0)
            return null;
        var organisation = organisations[SearchText.Fold(wanted)];
        if (organisation.RetiredAt is not null)
            return OrganisationRules.Retired;
        if (people.GetValueOrDefault(organisation.Id) >= Organisation.PeopleMax)
            return OrganisationRules.Full;
        people[organisation.Id] = people.GetValueOrDefault(organisation.Id) + 1;
        return null;
    }

    public override async Task<Refusal?> Write(IReadOnlyList<ImportRow> rows, WritingContext context)
    {
        var db = context.Db;
        Guid[] ids = [.. rows.Select(row => row.OurId).OfType<Guid>()];
        var tracked = await db.Members.Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, context.Stop);
        foreach (var row in rows)
        {
            var cells = row.CellsAfter;
            if (row.OurId is { } id)
            {
                if (!tracked.TryGetValue(id, out var there))
                    return ImportRefusals.Gone;
                if (await Change(there, cells, context) is { } refusal)
                    return refusal;
                continue;
            }

            var member = db.NewMember(new(
                PersonName.Of(cells.Of(MemberImport.NameColumn)), EmailAddress.Of(cells.Of(MemberImport.EmailColumn)), Roles: [],
                Enum.Parse<Language>(cells.Of(MemberImport.LanguageColumn)), PasswordHash: null, context.ActorId), context.Now);
            row.OurId = member.Id;
            if (cells.Of(MemberImport.OrganisationColumn) is { Length: > 0 } organisation)
                db.NewMembership(member.Id, organisations[SearchText.Fold(organisation)].Id, MembershipRole.Member, isHome: true,
                    context.ActorId, context.Now);
            if (context.SendsEmails)
                db.Write(Notification.To(
                    Recipient.Of(member), MemberNotifications.Added, Member.Subject.Of(member.Id), context.Now));
        }

        return null;
    }

    public override async Task OpenForUndo(IReadOnlyList<ImportRow> rows, WritingContext context)
    {
        var (db, stop) = (context.Db, context.Stop);
        Guid[] ids = [.. rows.Select(row => row.OurId).OfType<Guid>()];
        now = await db.Members.Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, stop);
        memberships = (await db.Memberships.Where(one => ids.Contains(one.MemberId)).ToListAsync(stop)).ToLookup(one => one.MemberId);
        inUse = await db.ReferredTo<Guid>(typeof(Member), [typeof(Membership)], stop);
        inUse.UnionWith((await db.Activity.Where(entry => entry.ActorId != null && ids.Contains(entry.ActorId.Value))
            .Select(entry => entry.ActorId).Distinct().ToListAsync(stop)).OfType<Guid>());
    }

    public override async Task<Refusal?> TakeBack(ImportRow row, WritingContext context)
    {
        var (db, id) = (context.Db, row.OurId!.Value);
        if (!now.TryGetValue(id, out var member))
            return ImportRefusals.Gone;
        var (cells, after) = (CellsOf(member), row.CellsAfter);
        if (after.Keys.Any(column => cells.Of(column) != after.Of(column)))
            return ImportRefusals.ChangedSince;
        if (row.Outcome == RowOutcome.Change)
            return await Change(member, row.CellsBefore, context);

        if (inUse.Contains(id) || memberships[id].Count() > 1)
            return ImportRefusals.InUse;
        foreach (var membership in memberships[id])
        {
            db.Remove(membership);
            db.Record(context.Now, context.ActorId, MembershipActs.Ended, membership.Id, onBehalfOf: id);
        }

        db.Remove(member); // an e-mail to them that still waits is not sent: MemberAddedCheck
        db.Record(context.Now, context.ActorId, MemberActs.Removed, id);
        return null;
    }

    private async Task<Refusal?> Change(Member member, ImportCells cells, WritingContext context)
    {
        var (db, now) = (context.Db, context.Now);
        if (cells.TryGetValue(MemberImport.NameColumn, out var name))
            member.Name = PersonName.Of(name);
        if (cells.TryGetValue(MemberImport.LanguageColumn, out var language))
            member.Language = Enum.Parse<Language>(language);
        if (FieldChanges.Of(db, member, except: [nameof(Member.NameKey)]) is { } changes)
            db.Record(now, context.ActorId, MemberActs.Edited, member.Id, changes: changes);
        return cells.TryGetValue(MemberImport.OrganisationColumn, out var organisation)
            ? await MoveHome(member.Id, organisation, context) : null;
    }

    /// <summary>Ends the membership that is home, and makes the one of this organisation home; empty: none.</summary>
    private async Task<Refusal?> MoveHome(Guid memberId, string organisation, WritingContext context)
    {
        var (db, now, stop) = (context.Db, context.Now, context.Stop);
        if (await db.Memberships.Home().SingleOrDefaultAsync(one => one.MemberId == memberId, stop) is { } home)
        {
            if (await db.IsLastAdministratorOf(home, stop))
                return MembershipRules.LastAdministrator;
            await db.EndMembership(home, context.ActorId, now, stop);
            await db.SaveChangesAsync(stop);
        }

        if (organisation.Length == 0)
            return null;
        if (!organisations.TryGetValue(SearchText.Fold(organisation), out var wanted))
            return ImportRefusals.Gone;
        var joined = await db.JoinOrganisation(memberId, wanted.Id, MembershipRole.Member, context.ActorId, now, stop);
        if (!joined.IsDone || joined.Value.IsHome)
            return joined.Refusal;
        await db.Memberships.Home().Where(one => one.MemberId == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.IsHome, false), stop);
        joined.Value.IsHome = true;
        return null;
    }

    private string? Nearest(string typed)
    {
        var folded = SearchText.Fold(typed);
        return organisations.Values.Where(one => one.RetiredAt is null)
            .Select(one => (one.Name, Distance: SearchText.Distance(one.NameKey, folded)))
            .Where(one => one.Distance <= 1 + one.Name.Length / 4).OrderBy(one => one.Distance).Select(one => one.Name).FirstOrDefault();
    }

    private ImportCells CellsOf(Member member) => new()
    {
        [MemberImport.EmailColumn] = member.Email.Shown,
        [MemberImport.NameColumn] = member.Name.Text,
        [MemberImport.LanguageColumn] = member.Language.ToString(),
        [MemberImport.OrganisationColumn] = homes.GetValueOrDefault(member.Id)?.Name ?? "",
    };
}
