using Microsoft.EntityFrameworkCore.Design;

namespace DigiHub.Data;

/// <summary>For `dotnet ef` only: a context of either engine without a server. See .config/migration.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteDb>();
        DataSetup.UseSqlite(builder, "Data Source=:memory:");
        return new SqliteDb(builder.Options);
    }
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresDb>();
        DataSetup.UsePostgres(builder, "Host=localhost");
        return new PostgresDb(builder.Options);
    }
}
