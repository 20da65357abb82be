using System.Diagnostics;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Cli;

/// <summary>The commands as an operator runs them: as a process, on a real database.</summary>
public abstract class CommandLineTests(TestDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adds_the_first_administrator()
    {
        await using var house = await House.Open(database);

        var (code, text) = await Run(input: "vier kleine Kähne am Kanal\n",
            "member", "add", "--email", "olga@example.org", "--name", "Olga Olsen", "--role", "administrator", "--language", "en", "--password-stdin");

        Assert.True(code == 0, text);
        var olga = await house.Read(db => db.Members.SingleAsync(member => member.NormalizedEmail == "OLGA@EXAMPLE.ORG", Stop));
        Assert.Equal((Roles.Administrator, Language.English), (olga.Roles, olga.Language));
        Assert.StartsWith("AQAAAAI", olga.PasswordHash, StringComparison.Ordinal); // version 3 of Identity, HMAC-SHA512
    }

    [Theory]
    [InlineData("short", "olga@example.org", "at least 15")]
    [InlineData("vier kleine Kähne am Kanal", "ada@example.org", "already")]
    [InlineData("vier kleine Kähne am Kanal", "no address", "e-mail address")]
    public async Task Adds_nobody_whom_the_rules_refuse(string password, string email, string says)
    {
        await using var house = await House.Open(database);
        var before = await house.Read(db => db.Members.CountAsync(Stop));

        var (code, text) = await Run(password + "\n", "member", "add", "--email", email, "--name", "Olga", "--password-stdin");

        Assert.Equal(1, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Equal(before, await house.Read(db => db.Members.CountAsync(Stop)));
    }

    [Fact]
    public async Task Makes_a_token_and_revokes_it()
    {
        await using var house = await House.Open(database);

        var (code, text) = await Run(null, "token", "add", "--email", "ada@example.org", "--name", "door display");
        Assert.True(code == 0, text);
        var secret = text.Split('\n')[0].Trim();
        var token = await house.Read(db => db.AccessTokens.SingleAsync(Stop));
        Assert.True(token.Hash.AsSpan().SequenceEqual(RandomToken.Hash(secret)));

        (code, text) = await Run(null, "token", "revoke", "--email", "ada@example.org", token.Id.ToString());
        Assert.True(code == 0, text);
        Assert.NotNull((await house.Read(db => db.AccessTokens.SingleAsync(Stop))).RevokedAt);
    }

    [Fact]
    public async Task Puts_the_demo_only_into_an_empty_hub()
    {
        await using var house = await House.Open(database);

        var (code, text) = await Run(null, "seed", "demo");

        Assert.Equal(1, code);
        Assert.Contains("has data already", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_that_nothing_is_left_to_migrate()
    {
        await using var house = await House.Open(database);

        var (code, text) = await Run(null, "migrate");

        Assert.True(code == 0, text);
        Assert.Contains("up to date", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_healthy_hub_healthy()
    {
        await using var house = await House.Open(database);

        var (code, text) = await Run(null, "doctor");

        Assert.True(code == 0, text);
        Assert.Contains("All is well", text, StringComparison.Ordinal);
    }

    private Task<(int Code, string Text)> Run(string? input, params string[] arguments)
    {
        var options = database.Options;
        (string, string)[] settings = options.IsPostgres
            ? [("Database:Postgres", options.Postgres!), ("DataFolder", Path.GetTempPath())]
            : [("DataFolder", Path.GetDirectoryName(options.SqliteFile)!)];
        return HubCommand.Run(input, settings, arguments);
    }

    public sealed class OnSqlite(SqliteDatabase database) : CommandLineTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CommandLineTests(database), IClassFixture<PostgresDatabase>;
}

/// <summary>Runs one command of the program to its end.</summary>
internal static class HubCommand
{
    private static readonly TimeSpan timeMax = TimeSpan.FromSeconds(60);

    /// <returns>The exit code, and what it wrote to standard output and then to standard error.</returns>
    public static async Task<(int Code, string Text)> Run(string? input, (string Key, string Value)[] settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "DigiHub.Web"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
            start.Environment[$"DigiHub__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(timeMax);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }
}
