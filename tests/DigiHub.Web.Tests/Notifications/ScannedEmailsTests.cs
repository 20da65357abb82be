using System.Globalization;
using DigiHub.Notifications;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>Mail scanners open every link of every e-mail before its reader does: nothing may change.</summary>
public sealed class ScannedEmailsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly string[] tokenPaths = [
        "/unsubscribe/", "/addresses/", "/account/address/", "/declines/", "/registrations/", "/tickets/", "/sign-in/link/",
        "/coming/", "/offers/", "/proposals/link/", "/approve/", "/guest/"];

    [Fact]
    public async Task Opening_every_link_of_every_email_leaves_the_database_as_it_was()
    {
        var links = await TestHub.LaySampleEmails();
        Assert.All(tokenPaths, path => Assert.Contains(links, link => link.Contains(path, StringComparison.Ordinal)));
        var before = await Everything();

        using var scanner = TestHub.NewClient();
        foreach (var link in links)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
            {
                using var request = new HttpRequestMessage(method, link);
                using var answer = await scanner.SendAsync(request, Stop);
                Assert.True((int)answer.StatusCode < 400, $"{method} {link}: {answer.StatusCode}");
            }
        }

        Assert.Equal(before, await Everything());
    }

    /// <summary>Every value of every row of every table.</summary>
    private async Task<string> Everything()
    {
        await using var db = TestHub.OpenDb();
        await db.Database.OpenConnectionAsync(Stop);
        var lines = new List<string>();
        foreach (var table in db.Model.GetEntityTypes()
            .Select(entity => entity.GetTableName()).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the name comes from the model
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync(Stop);
            while (await rows.ReadAsync(Stop))
            {
                var values = Enumerable.Range(0, rows.FieldCount)
                    .Select(column => Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture));
                lines.Add($"{table}: {string.Join('|', values)}");
            }
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}
