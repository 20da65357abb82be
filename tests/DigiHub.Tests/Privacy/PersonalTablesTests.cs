using DigiHub.Privacy;
using DigiHub.Settings;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DigiHub.Tests.Privacy;

/// <summary>A table that tells something of people and is in no export would be found by nobody: the schema itself is walked.</summary>
public abstract class PersonalTablesTests(TestDatabase database) : HubTests(database)
{
    /// <summary>Who changed a setting of the hub last, by an id that leads to nobody once the member is forgotten.</summary>
    private static readonly Type[] tellNothing = [typeof(StoredSetting)];

    [Fact]
    public async Task Every_table_that_points_at_a_person_is_in_the_list()
    {
        await using var db = TestHub.OpenDb();
        var pointing = db.Model.GetEntityTypes().Where(entity => entity.GetProperties().Any(PointsAtAPerson))
            .Select(entity => entity.ClrType);

        Assert.Empty(pointing.Except(PersonalTables.All.Select(table => table.Entity)).Except(tellNothing));
    }

    [Fact]
    public async Task No_table_of_the_list_finds_rows_of_an_unknown_person()
    {
        await using var db = TestHub.OpenDb();
        var stranger = new PersonKeys(MemberId: null, "STRANGER@EXAMPLE.ORG");
        foreach (var table in PersonalTables.All)
            Assert.Empty(await table.Rows(db, stranger).ToListAsync(Stop));
    }

    private static bool PointsAtAPerson(IProperty property) =>
        property.ClrType == typeof(EmailAddress) || property.ClrType == typeof(PersonName)
        || property.Name is "NormalizedEmail" or "MemberId" or "ActorId" or "OnBehalfOfId" or "OrganiserId" or "OwnerId"
        || (property.Name.EndsWith("ById", StringComparison.Ordinal) && property.ClrType is var type
            && (type == typeof(Guid) || type == typeof(Guid?)));

    public sealed class OnSqlite(SqliteDatabase database) : PersonalTablesTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : PersonalTablesTests(database), IClassFixture<PostgresDatabase>;
}
