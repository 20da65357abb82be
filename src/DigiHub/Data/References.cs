using Microsoft.EntityFrameworkCore.Metadata;

namespace DigiHub.Data;

/// <summary>Whether anything refers to a row: then it stays, and is retired instead of deleted.</summary>
public static class References
{
    extension(HubDb db)
    {
        /// <summary>By a foreign key of any table, those aside that are part of the row itself.</summary>
        /// <param name="id">The row's key, which is one column.</param>
        public async Task<bool> IsReferredTo(Type entity, object id, IReadOnlyCollection<Type> parts, CancellationToken stop)
        {
            foreach (var key in db.Model.FindEntityType(entity)!.GetReferencingForeignKeys()
                .Where(key => !parts.Contains(key.DeclaringEntityType.ClrType)))
            {
                var (table, column) = (key.DeclaringEntityType.GetTableName(), key.Properties[0].GetColumnName());
#pragma warning disable EF1002, CA2100 // names of our own model
                if (await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\" WHERE \"{column}\" = {{0}}", id)
                    .SingleAsync(stop) > 0)
                    return true;
#pragma warning restore EF1002, CA2100
            }

            return false;
        }
    }
}
