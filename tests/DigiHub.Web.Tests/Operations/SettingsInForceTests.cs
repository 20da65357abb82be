using DigiHub.Web.Operations;
using Microsoft.Extensions.Configuration;

namespace DigiHub.Web.Tests.Operations;

/// <summary>Hub 30: command line, environment, file, browser, default, in this order; no secret is shown.</summary>
public sealed class SettingsInForceTests
{
    [Fact]
    public async Task Each_setting_names_the_source_that_wins()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("digihub-settings-").FullName, "hub.json");
        await File.WriteAllTextAsync(file,
            """{"DigiHub":{"Name":"File","Mail":{"KeepDays":20},"AllowedHosts":["one.example","two.example"]}}""",
            TestContext.Current.CancellationToken);
        var configuration = new ConfigurationBuilder().AddJsonFile(file)
            .AddCommandLine(["--DigiHub:Mail:KeepDays=25", "--DigiHub:Mail:User=hub", "--DigiHub:Mail:Password=geheim"]).Build();

        var all = Of(configuration);

        Assert.Equal((SettingSource.File, "hub.json", "File"), Source(all, "Name"));
        Assert.Equal((SettingSource.CommandLine, null, "25"), Source(all, "Mail:KeepDays"));
        Assert.Equal((SettingSource.File, "hub.json", "one.example, two.example"), Source(all, "AllowedHosts"));
        Assert.Equal((SettingSource.Default, null, "Europe/Berlin"), Source(all, "Zone"));
        Assert.DoesNotContain(all, one => one.Value?.Contains("geheim", StringComparison.Ordinal) == true);
        Assert.True(all.Single(one => one.Key == "DigiHub:Mail:Password").IsSet);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void What_was_entered_in_the_browser_counts_where_nothing_else_says_it()
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--DigiHub:Mail:KeepDays=25", "--DigiHub:Imprint:Email="]).Build();

        var all = Of(configuration, ("Imprint:Phone", "030 1234567"), ("Imprint:Email", "info@hub.example"), ("Mail:KeepDays", "90"),
            ("Reminders:QuietFrom", "22:30"));

        Assert.Equal((SettingSource.Browser, null, "030 1234567"), Source(all, "Imprint:Phone"));
        Assert.Equal((SettingSource.Browser, null, "info@hub.example"), Source(all, "Imprint:Email"));
        Assert.Equal((SettingSource.Browser, null, "22:30"), Source(all, "Reminders:QuietFrom"));
        Assert.Equal((SettingSource.CommandLine, null, "25"), Source(all, "Mail:KeepDays"));
    }

    [Fact]
    public void What_is_out_of_bounds_unknown_or_never_set_in_the_browser_does_not_count_though_it_is_stored()
    {
        var settings = New(new ConfigurationBuilder().Build());
        settings.Follow(new Dictionary<string, string>
        {
            ["Mail:KeepDays"] = "0",
            ["Reminders:QuietFrom"] = "25:00",
            ["PublicUrl"] = "https://elsewhere.example",
            ["Mail:Password"] = "geheim",
            ["Elephant"] = "grey",
            ["Name"] = "Werkhof",
        });

        Assert.Equal((30, new TimeOnly(21, 0), "Werkhof"),
            (settings.Value.Mail.KeepDays, settings.Value.Reminders.QuietFrom, settings.Value.Name));
        Assert.True(settings.Value.PublicUrl.IsLoopback);
        Assert.Null(settings.Value.Mail.Password);
    }

    [Theory]
    [InlineData("Mail:KeepDays", "0", "setting_out_of_bounds")]
    [InlineData("Mail:KeepDays", "3651", "setting_out_of_bounds")]
    [InlineData("Mail:KeepDays", "many", "setting_out_of_bounds")]
    [InlineData("Mail:KeepDays", "3650", null)]
    [InlineData("Mail:KeepDays", "", null)]
    [InlineData("Reminders:QuietUntil", "7", "setting_no_time")]
    [InlineData("Reminders:QuietUntil", "07:30", null)]
    [InlineData("Mail:ReplyTo", "nobody", "email_invalid")]
    [InlineData("Name", "A name of more than the sixty characters that fit into the bar of a page", "setting_too_long")]
    [InlineData("Imprint:Operator", "", "setting_missing")]
    [InlineData("Database:Postgres", "Host=x", "not_found")]
    public void A_value_is_judged_as_the_files_is(string key, string value, string? code) =>
        Assert.Equal(code, New(new ConfigurationBuilder().Build()).WhyNot(key, value)?.Code);

    [Fact]
    public void What_the_environment_says_cannot_be_changed_elsewhere()
    {
        var settings = New(new ConfigurationBuilder().AddCommandLine(["--DigiHub:Name=Hub"]).Build());

        Assert.Equal("setting_fixed", settings.WhyNot("Name", "Werkhof")?.Code);
    }

    [Fact]
    public void Every_setting_of_the_browser_is_one_of_the_file_and_its_default_may_be_stored()
    {
        foreach (var setting in BrowserSetting.All.Where(one => one.Of(new HubSettings()).Length > 0))
            Assert.Null(setting.WhyNot(setting.Of(new HubSettings())));
        Assert.Equal(BrowserSetting.All.Count, BrowserSetting.All.DistinctBy(one => one.Key).Count());
        Assert.All(BrowserSetting.All, one => Assert.True(one.LengthMax <= DigiHub.Settings.StoredSetting.ValueMax));
        Assert.All(BrowserSetting.All, one => Assert.NotNull(SettingsSection.Named(one.Section)));
    }

    private static SettingsNow New(IConfigurationRoot configuration) => new(SettingsCheck.Read(configuration), configuration);

    private static IReadOnlyList<SettingInForce> Of(IConfigurationRoot configuration, params (string Key, string Value)[] stored)
    {
        var settings = New(configuration);
        settings.Follow(stored.ToDictionary(one => one.Key, one => one.Value));
        return new SettingsInForce(configuration, settings).All();
    }

    private static (SettingSource, string?, string?) Source(IReadOnlyList<SettingInForce> all, string key)
    {
        var one = Assert.Single(all, one => one.Key == $"{HubSettings.Section}:{key}");
        return (one.Source, one.File, one.Value);
    }
}
