using Microsoft.EntityFrameworkCore.Migrations;

namespace DigiHub.Data;

/// <summary>
/// The database constraint against double booking, in raw SQL, since EF Core cannot express it: an exclusion constraint on
/// PostgreSQL, a pair of triggers on SQLite. Whatever the code forgets, two claims on one unit never overlap, and none is
/// longer than a day.
/// </summary>
internal static class OverlapConstraint
{
    public const string Postgres = """
        DO $do$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 'claims'::regclass AND conname = 'claims_overlap') THEN
                CREATE EXTENSION IF NOT EXISTS btree_gist;
                ALTER TABLE claims ADD CONSTRAINT claims_overlap
                    EXCLUDE USING gist (unit_id WITH =, tstzrange(start, "end", '[)') WITH &&);
            END IF;
            IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 'claims'::regclass AND conname = 'claims_within_a_day') THEN
                ALTER TABLE claims ADD CONSTRAINT claims_within_a_day CHECK ("end" - start <= interval '24 hours');
            END IF;
        END
        $do$;
        """;

    // A rebuild of the table drops its triggers, so they are written again after every migration.
    public const string Sqlite = $"""
        CREATE TRIGGER IF NOT EXISTS claims_overlap_insert BEFORE INSERT ON claims
        WHEN EXISTS (SELECT 1 FROM claims WHERE unit_id = NEW.unit_id AND start < NEW."end" AND "end" > NEW.start)
        BEGIN SELECT RAISE(ABORT, '{DatabaseRefusals.SqliteOverlap}'); END;
        CREATE TRIGGER IF NOT EXISTS claims_overlap_update BEFORE UPDATE ON claims
        WHEN EXISTS (SELECT 1 FROM claims WHERE id <> NEW.id AND unit_id = NEW.unit_id AND start < NEW."end" AND "end" > NEW.start)
        BEGIN SELECT RAISE(ABORT, '{DatabaseRefusals.SqliteOverlap}'); END;
        CREATE TRIGGER IF NOT EXISTS claims_within_a_day_insert BEFORE INSERT ON claims
        WHEN NEW."end" - NEW.start > 86400000000
        BEGIN SELECT RAISE(ABORT, '{DatabaseRefusals.SqliteTooLong}'); END;
        CREATE TRIGGER IF NOT EXISTS claims_within_a_day_update BEFORE UPDATE ON claims
        WHEN NEW."end" - NEW.start > 86400000000
        BEGIN SELECT RAISE(ABORT, '{DatabaseRefusals.SqliteTooLong}'); END;
        """;
}
