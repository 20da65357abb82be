using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>
/// The rules that a new desk or room gets where nobody chooses: those that most of its kind have. Where there is none of its kind yet,
/// rules that suit most hubs: desks by half days for four weeks ahead, rooms by quarters of an hour for sixty days.
/// </summary>
internal static class UsualRules
{
    /// <summary>Null: there are none yet, and <see cref="Of"/> would add them.</summary>
    public static async Task<RuleSet?> Find(HubDb db, SpaceKind kind, CancellationToken stop)
    {
        var most = await db.Spaces.Where(space => space.Kind == kind).GroupBy(space => space.RulesId)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key).Select(same => (int?)same.Key).FirstOrDefaultAsync(stop);
        if (most is { } id)
            return await db.RuleSets.SingleAsync(rules => rules.Id == id, stop);
        var name = New(kind).Name;
        return db.RuleSets.Local.FirstOrDefault(rules => RuleSetRules.SameName(rules.Name, name))
            ?? (await db.RuleSets.OrderBy(rules => rules.Id).ToListAsync(stop)).Find(rules => RuleSetRules.SameName(rules.Name, name));
    }

    /// <summary>In the caller's transaction under the lock of the catalogue; saved with what it is for.</summary>
    public static async Task<RuleSet> Of(HubDb db, SpaceKind kind, CancellationToken stop)
    {
        if (await Find(db, kind, stop) is { } known)
            return known;
        var rules = New(kind);
        db.Add(rules);
        return rules;
    }

    /// <summary>In no database.</summary>
    public static RuleSet New(SpaceKind kind) => new()
    {
        Name = kind switch
        {
            SpaceKind.Desk => new("Arbeitsplätze", "Desks"),
            SpaceKind.Booth => new("Telefonboxen", "Phone booths"),
            SpaceKind.Lab => new("Labore", "Labs"),
            _ => new("Räume", "Rooms"),
        },
        Granularity = kind == SpaceKind.Desk ? Granularity.HalfDay : Granularity.Minutes,
        MaxDays = kind == SpaceKind.Desk ? 5 : 1,
        MaxMinutes = kind == SpaceKind.Booth ? 2 * 60 : 4 * 60,
        HorizonDays = kind == SpaceKind.Desk ? 28 : 60,
    };
}
