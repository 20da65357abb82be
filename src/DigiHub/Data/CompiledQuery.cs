using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DigiHub.Data;

/// <summary>
/// A query translated once instead of looked up by its expression each time; for the few that run thousands of times a
/// second. EF Core ties a compiled query to one model, and the hub has one for each engine.
/// </summary>
internal sealed class CompiledQuery<TQuery>(Func<TQuery> compile) where TQuery : class
{
    private readonly ConditionalWeakTable<IModel, TQuery> byModel = [];

    public TQuery For(HubDb db) => byModel.GetValue(db.Model, _ => compile());
}
