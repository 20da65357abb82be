using System.Reflection;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Tests.Activity;

/// <summary>
/// Looks at every act of every test, just before its commit: its subject must be a row of the table that the act speaks of.
/// </summary>
internal sealed class SubjectsExist : IBeforeCommit
{
    /// <summary>The entities that declare a kind of subject, by its name.</summary>
    internal static IReadOnlyDictionary<string, (SubjectKind Kind, Type Table)> Kinds { get; } = typeof(Act).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(field => field.FieldType.IsAssignableTo(typeof(SubjectKind)))
        .Select(field => (Kind: (SubjectKind)field.GetValue(null)!, Table: field.DeclaringType!))
        .ToDictionary(one => one.Kind.Name, StringComparer.Ordinal);

    private static readonly string[] taking = [".deleted", ".removed", ".revoked", ".lifted", ".ended"];

    public async Task Look(HubDb db, CancellationToken stop)
    {
        foreach (var act in db.ChangeTracker.Entries<ActivityEntry>().Select(entry => entry.Entity).ToList())
        {
            if (act.Subject is not { } subject)
            {
                if (Kinds.ContainsKey(KindOf(act)))
                    throw new InvalidOperationException($"{act.Act} names no subject.");
                continue;
            }

            if (KindOf(act) != subject.Kind || !Kinds.TryGetValue(subject.Kind, out var known))
                throw new InvalidOperationException($"{act.Act} has a subject of another kind, or of none that is known: {subject}.");
            var gone = taking.Any(end => act.Act.EndsWith(end, StringComparison.Ordinal));
            if (!gone && !await IsThere(db, known.Table, known.Kind.KeyOf(subject.Id), stop))
                throw new InvalidOperationException($"{act.Act} names {subject}, which is no {known.Table.Name}.");
        }
    }

    private static string KindOf(ActivityEntry act) => act.Act[..act.Act.IndexOf('.', StringComparison.Ordinal)];

    private static async Task<bool> IsThere(HubDb db, Type table, object id, CancellationToken stop) =>
        db.ChangeTracker.Entries().Any(entry => entry.Metadata.ClrType == table && Equals(entry.Property("Id").CurrentValue, id))
        || await db.FindAsync(table, [id], stop) is not null;
}
