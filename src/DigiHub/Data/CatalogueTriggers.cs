namespace DigiHub.Data;

/// <summary>
/// Triggers that renew the stamp of the catalogue (sites, their hours and closures, floors, spaces, their rules and pools, equipment,
/// topics, settings) at every change of its rows: no caller can forget it, not even another process or somebody at a SQL prompt. On
/// PostgreSQL the change also waits for the bookings that are being decided by the old catalogue, and later ones wait for the change
/// (<see cref="LockKey.OfCatalogue"/>); SQLite has one writer at a time.
/// </summary>
internal static class CatalogueTriggers
{
    private static readonly string[] tables = [
        "sites", "site_hours", "site_special_hours", "site_closures", "floors", "spaces", "space_units", "space_equipment", "equipment",
        "rule_sets", "pools", "topics", "hub", "hub_settings"];

    /// <summary>Whether a table is one of the catalogue.</summary>
    public static bool Holds(string? table) => tables.Contains(table);

    // Created only where they are missing: replacing a trigger waits for everybody who uses its table.
    public static string Postgres { get; } = $"""
        DO $do$
        DECLARE name text;
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'catalogue_changed' AND pronamespace = current_schema()::regnamespace) THEN
                CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $change$
                BEGIN
                    PERFORM pg_advisory_xact_lock({LockKey.OfCatalogue.Kind}, {LockKey.OfCatalogue.Key});
                    INSERT INTO catalogue_stamp (id, stamp) VALUES (1, gen_random_uuid()::text)
                        ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp;
                    RETURN NULL;
                END
                $change$;
            END IF;
            FOREACH name IN ARRAY ARRAY[{string.Join(", ", tables.Select(table => $"'{table}'"))}] LOOP
                IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = name::regclass AND tgname = 'catalogue_stamped') THEN
                    EXECUTE format('CREATE TRIGGER catalogue_stamped AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed()', name);
                END IF;
            END LOOP;
        END
        $do$;
        """;

    public static string Sqlite { get; } = string.Join('\n',
        from table in tables
        from act in new[] { "INSERT", "UPDATE", "DELETE" }
        select $"CREATE TRIGGER IF NOT EXISTS {table}_stamped_{act.ToLowerInvariant()} AFTER {act} ON {table} "
            + "BEGIN INSERT OR REPLACE INTO catalogue_stamp (id, stamp) VALUES (1, hex(randomblob(16))); END;");
}
