using DigiHub.Tests;
using DigiHub.Web.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Operations;

/// <summary>Hub 30: command line, environment, file, browser, default, in this order; no secret is shown.</summary>
public sealed class SettingsInForceTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Each_setting_names_the_source_that_wins()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("digihub-settings-").FullName, "hub.json");
        await File.WriteAllTextAsync(file,
            """{"DigiHub":{"Name":"File","Mail":{"KeepDays":20},"AllowedHosts":["one.example","two.example"]}}""", Stop);
        var configuration = new ConfigurationBuilder().AddJsonFile(file)
            .AddCommandLine(["--DigiHub:Mail:KeepDays=25", "--DigiHub:Mail:User=hub", "--DigiHub:Mail:Password=geheim"]).Build();

        var all = await Of(configuration);

        Assert.Equal((SettingSource.File, "hub.json", "File"), Source(all, "Name"));
        Assert.Equal((SettingSource.CommandLine, null, "25"), Source(all, "Mail:KeepDays"));
        Assert.Equal((SettingSource.File, "hub.json", "one.example, two.example"), Source(all, "AllowedHosts"));
        Assert.Equal((SettingSource.Default, null, "Europe/Berlin"), Source(all, "Zone"));
        Assert.DoesNotContain(all, one => one.Value?.Contains("geheim", StringComparison.Ordinal) == true);
        Assert.True(all.Single(one => one.Key == "DigiHub:Mail:Password").IsSet);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task What_was_entered_in_the_browser_counts_where_nothing_else_says_it()
    {
        await TestHub.Services.GetRequiredService<DigiHub.Opening.ChangeSettings>().Run(
            Cast.Alan.Id, new Dictionary<string, string> { ["Imprint:Phone"] = "030 1234567" }, Stop);
        await Task.Delay(600, Stop); // what is in force is at most half a second old

        var all = await Of(new ConfigurationBuilder().Build());

        Assert.Equal((SettingSource.Browser, null, "030 1234567"), Source(all, "Imprint:Phone"));
    }

    private Task<IReadOnlyList<SettingInForce>> Of(IConfigurationRoot configuration) => new SettingsInForce(
        configuration, Microsoft.Extensions.Options.Options.Create(SettingsCheck.Read(configuration)),
        TestHub.Services.GetRequiredService<Imprint>()).All(Stop);

    private static (SettingSource, string?, string?) Source(IReadOnlyList<SettingInForce> all, string key)
    {
        var one = Assert.Single(all, one => one.Key == $"{HubSettings.Section}:{key}");
        return (one.Source, one.File, one.Value);
    }
}
