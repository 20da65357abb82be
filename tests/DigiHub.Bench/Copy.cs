using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace DigiHub.Bench;

/// <summary>Rows by PostgreSQL's COPY: a million of them one by one would take minutes. The model says which columns there are.</summary>
internal static class Copy
{
    private static readonly TimeSpan timeMax = TimeSpan.FromMinutes(10); // for a slow disk: at the end the keys are checked

    public static async Task Rows<T>(HubDb db, IEnumerable<T> rows, CancellationToken stop)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is no entity.", nameof(rows));
        var columns = entity.GetProperties().Where(property => !property.IsShadowProperty() && property.GetComputedColumnSql() is null)
            .Select(property => new Column(property, entity)).ToList();
        await db.Database.OpenConnectionAsync(stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {entity.GetTableName()} ({string.Join(", ", columns.Select(column => column.Quoted))}) FROM STDIN BINARY", stop);
        copy.Timeout = timeMax;
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            foreach (var column in columns)
            {
                if (column.Of(row) is { } value)
                    await copy.WriteAsync(value, column.StoreType, stop);
                else
                    await copy.WriteNullAsync(stop);
            }
        }

        await copy.CompleteAsync(stop);
    }

    private sealed class Column(IProperty property, IEntityType entity)
    {
        private readonly IClrPropertyGetter getter = property.GetGetter();
        private readonly Func<object?, object?>? convert = property.GetRelationalTypeMapping().Converter?.ConvertToProvider;

        public string Quoted { get; } = $"\"{property.GetColumnName(StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value)}\"";

        public string StoreType { get; } = property.GetRelationalTypeMapping().StoreTypeNameBase;

        public object? Of(object row)
        {
            var value = getter.GetClrValue(row);
            return convert is null || value is null ? value : convert(value);
        }
    }
}
