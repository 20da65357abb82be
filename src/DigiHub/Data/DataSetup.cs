using DigiHub.Data.Backups;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DigiHub.Data;

/// <summary>Where the hub keeps its rows: a PostgreSQL database if one is named, else a SQLite file.</summary>
/// <param name="Postgres">An Npgsql connection string, or null.</param>
/// <param name="SqliteFile">Used when Postgres is null; Migrating makes it, and its folder, if it is missing.</param>
/// <param name="PoolMax">PostgreSQL connections at most; it writes fastest at about 8 for each core.</param>
/// <param name="Pooling">False: each connection is closed with its context, so that the database can be moved or dropped.</param>
public sealed record DataOptions(string? Postgres, string SqliteFile, int PoolMax = 16, bool Pooling = true)
{
    public bool IsPostgres => Postgres is not null;
}

/// <summary>Registers the database of one engine; everybody else asks for HubDb, HubDbFactory or UnitOfWork.</summary>
public static class DataSetup
{
    public static IServiceCollection AddHubDb(this IServiceCollection services, DataOptions options)
    {
        if (options.IsPostgres)
        {
            services.AddPooledDbContextFactory<PostgresDb>(builder => UsePostgres(builder, ConnectionString.ForPostgres(options)));
            services.AddSingleton(provider => new HubDbFactory(
                provider.GetRequiredService<IDbContextFactory<PostgresDb>>().CreateDbContext));
        }
        else
        {
            services.AddPooledDbContextFactory<SqliteDb>(builder => UseSqlite(builder, ConnectionString.ForSqlite(options)));
            services.AddSingleton(provider => new HubDbFactory(
                provider.GetRequiredService<IDbContextFactory<SqliteDb>>().CreateDbContext));
        }

        services.AddSingleton(options);
        services.AddSingleton(BackupEngine.Of(options));
        services.AddSingleton<DatabaseInUse>();
        services.AddSingleton<UnitOfWork>();
        services.AddSingleton<LiveChannel>();
        services.AddSingleton<Migrating>();
        services.AddScoped(provider => provider.GetRequiredService<HubDbFactory>().Open());
        return services;
    }

    /// <summary>Contexts of another database than the program's own: a scratch database, for a check or a restore.</summary>
    internal static HubDbFactory FactoryOf(DataOptions options)
    {
        if (options.IsPostgres)
        {
            var postgres = new DbContextOptionsBuilder<PostgresDb>();
            UsePostgres(postgres, ConnectionString.ForPostgres(options));
            return new HubDbFactory(() => new PostgresDb(postgres.Options));
        }

        var sqlite = new DbContextOptionsBuilder<SqliteDb>();
        UseSqlite(sqlite, ConnectionString.ForSqlite(options));
        return new HubDbFactory(() => new SqliteDb(sqlite.Options));
    }

    internal static void UsePostgres(DbContextOptionsBuilder builder, string connectionString) =>
        Quieten(builder.UseNpgsql(connectionString, npgsql => npgsql.UseNodaTime()));

    internal static void UseSqlite(DbContextOptionsBuilder builder, string connectionString) =>
        Quieten(builder.UseSqlite(connectionString).AddInterceptors(SqlitePragmas.Instance));

    /// <summary>
    /// EF Core logs each failed command as an error, but a constraint violation is an ordinary result
    /// here (<see cref="DatabaseRefusals"/>). Unexpected ones are logged where the exception is caught.
    /// </summary>
    private static void Quieten(DbContextOptionsBuilder builder) => builder.ConfigureWarnings(warnings => warnings.Log(
        (RelationalEventId.CommandError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.RowLimitingOperationWithoutOrderByWarning, LogLevel.Debug))); // counts are bounded, and a count has no order
}
