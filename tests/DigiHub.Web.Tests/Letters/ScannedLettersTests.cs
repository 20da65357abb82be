using System.Globalization;
using System.Text.RegularExpressions;
using DigiHub.Letters;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Letters;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Letters;

/// <summary>Mail scanners press every link of every letter before its reader does: nothing may come of it.</summary>
public sealed class ScannedLettersTests(SqliteDatabase database) : WebHouseTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly string[] sealedPaths = ["/unsubscribe/", "/addresses/", "/account/address/", "/declines/", "/registrations/", "/tickets/", "/sign-in/link/"];

    private LetterSamples samples = null!;

    protected override WebManners Manners => new() { Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0", ["Limits:WrongLinksPerMinute"] = "10000" } };

    [Fact]
    public async Task Pressing_every_link_of_every_letter_leaves_the_database_as_it_was()
    {
        var links = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in LetterSample.All)
            links.UnionWith(await LinksOf(sample));
        Assert.All(sealedPaths, path => Assert.Contains(links, link => link.Contains(path, StringComparison.Ordinal)));
        links.UnionWith(links.Where(link => link.Contains("/unsubscribe/", StringComparison.Ordinal)).Select(link => link.Replace("/unsubscribe/", "/preferences/", StringComparison.Ordinal)).ToList());
        var before = await Everything();

        using var scanner = House.NewClient();
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

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        samples = LetterSamples.In(await House.Services.GetRequiredService<Catalogue>().Map(Stop), Cast.Ada.Id, DigiHub.Tests.House.Opening)!;
        await House.Lay([.. samples.Rows]);
    }

    private async Task<IEnumerable<string>> LinksOf(LetterSample sample)
    {
        var letter = samples.Of(sample, Language.German);
        await House.Lay(letter); // links that are sealed over the letter itself lead to a page only if it is there
        using var message = await House.Services.GetRequiredService<LetterMessages>().Write(letter, Stop)
            ?? throw new InvalidOperationException($"Nothing was written for {sample}.");
        var everywhere = message.HtmlBody + message.TextBody + string.Concat(message.Headers.Select(header => header.Value));
        return Regex.Matches(everywhere, $"{Regex.Escape(House.Url.ToString())}[\\w/.?=&-]*", RegexOptions.NonBacktracking)
            .Select(match => match.Value.TrimEnd('.'));
    }

    /// <summary>Every value of every row of every table.</summary>
    private async Task<string> Everything()
    {
        await using var db = House.OpenDb();
        await db.Database.OpenConnectionAsync(Stop);
        var lines = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the name comes from the model
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync(Stop);
            while (await rows.ReadAsync(Stop))
                lines.Add($"{table}: {string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture)))}");
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}
