namespace DigiHub.Data;

/// <summary>What other rows refer to: that stays, and is retired instead of deleted.</summary>
public static class References
{
    extension(HubDb db)
    {
        /// <summary>Keys of all rows of a table to which a foreign key of any other refers.</summary>
        /// <param name="parts">Those whose rows are part of the row itself.</param>
        public async Task<HashSet<TKey>> ReferredTo<TKey>(Type entity, IReadOnlyCollection<Type> parts, CancellationToken stop)
            where TKey : struct
        {
            HashSet<TKey> referred = [];
            foreach (var key in db.Model.FindEntityType(entity)!.GetReferencingForeignKeys()
                .Where(key => !parts.Contains(key.DeclaringEntityType.ClrType)))
            {
                var (table, column) = (key.DeclaringEntityType.GetTableName(), key.Properties[0].GetColumnName());
#pragma warning disable EF1002, CA2100 // names of our own model
                referred.UnionWith(await db.Database.SqlQueryRaw<TKey>(
                    $"SELECT DISTINCT \"{column}\" AS \"Value\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL").ToListAsync(stop));
#pragma warning restore EF1002, CA2100
            }

            return referred;
        }
    }
}
