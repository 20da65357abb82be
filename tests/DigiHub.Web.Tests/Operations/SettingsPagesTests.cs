using System.Net;
using DigiHub.Activity;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Operations;

/// <summary>Hub 30 and 31: what administrators change while the hub runs.</summary>
public abstract class SettingsPagesTests(TestDatabase database) : WebHubTests(database)
{
    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?> { ["Mail:LateAfterMinutes"] = "7" },
    };

    [Fact]
    public async Task The_hub_bears_the_name_that_an_administrator_gives_it_and_back()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.English);
        await alan.Open("/admin/settings");
        await alan.Open(alan.Page.QuerySelector("a[href='/admin/settings/hub']")!.GetAttribute("href")!);
        await alan.Send("form.card", ("Name", "Werkhof Nord"), ("FooterEnglish", "Supported by nobody."));

        Assert.Contains("Gespeichert.", alan.Text, StringComparison.Ordinal);
        using var stranger = TestHub.NewReader(Language.English);
        foreach (var path in new[] { "/", "/events", "/sign-in", "/imprint", "/nowhere" })
        {
            await stranger.Open(path);
            Assert.Contains("Werkhof Nord", stranger.Page.Title, StringComparison.Ordinal);
            Assert.DoesNotContain("DigiHub", stranger.Page.Title!.Replace("DigiHub East", "", StringComparison.Ordinal)
                .Replace("DigiHub West", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("Supported by nobody.", stranger.Text, StringComparison.Ordinal);
        }

        var act = await TestHub.Read(db => db.Activity.OrderByDescending(one => one.Id).FirstAsync(Stop));
        Assert.Equal(("hub.settings_changed", "FooterEnglish, Name"), (act.Act, act.Detail));

        await alan.Open("/admin/settings/hub");
        Assert.Equal("Werkhof Nord", alan.Page.QuerySelector("input[name=Name]")!.GetAttribute("value"));
        await alan.Send("form.card", ("Name", ""), ("FooterEnglish", ""));
        await stranger.Open("/imprint");
        Assert.EndsWith("– DigiHub", stranger.Page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_out_of_bounds_is_named_at_its_field_what_was_typed_stays_and_nothing_is_stored()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/settings/mail");
        Assert.Null(alan.Page.QuerySelector("input[name='Mail.LateAfterMinutes']")); // the settings file says it
        Assert.Contains("DigiHub:Mail:LateAfterMinutes", alan.Text, StringComparison.Ordinal);

        await alan.Send("form.card", ("Mail.KeepDays", "0"), ("Mail.FromName", "Der Hub"));

        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
        Assert.Contains("Geben Sie eine ganze Zahl von 1 bis 3650 ein.", alan.Text, StringComparison.Ordinal);
        Assert.Equal("Der Hub", alan.Page.QuerySelector("input[name='Mail.FromName']")!.GetAttribute("value"));
        Assert.Equal("0", alan.Page.QuerySelector("input[name='Mail.KeepDays']")!.GetAttribute("value"));
        Assert.Equal(30, TestHub.Services.GetRequiredService<SettingsNow>().Value.Mail.KeepDays);
    }

    [Fact]
    public async Task What_is_set_counts_at_once_for_quiet_hours_sessions_alarms_and_retention()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.English);
        foreach (var (section, fields) in new (string, (string, string)[])[]
        {
            ("reminders", [("Reminders.QuietFrom", "22:15"), ("Reminders.QuietUntil", "06:45")]),
            ("account", [("Account.SessionIdleHours", "2")]),
            ("mail", [("Mail.KeepDays", "90")]),
            ("backup", [("Backup.AlertAfterHours", "0")]),
        })
        {
            await alan.Open($"/admin/settings/{section}");
            await alan.Send("form.card", fields);
            Assert.Equal("/admin/settings", alan.Address.AbsolutePath);
        }

        var map = await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
        Assert.Equal(new(new(22, 15), new(6, 45)), map.Places[0].Quiet);
        var keeping = TestHub.Services.GetRequiredService<Func<DigiHub.Notifications.NotificationKeeping>>();
        Assert.Equal(Duration.FromDays(90), keeping().ByName);
        Assert.Null(TestHub.Services.GetRequiredService<Func<DigiHub.Operations.AlarmOptions>>()().BackupAgeMax);
        using var ada = await TestHub.SignIn(Cast.Ada, Language.English);
        TestHub.Clock.Advance(Duration.FromHours(2) + Duration.FromSeconds(1));
        await ada.Open("/my-bookings");
        Assert.Equal("/sign-in", ada.Address.AbsolutePath);
        await ada.Open("/privacy");
        Assert.Contains("90 days", ada.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/settings/elephant")]
    [InlineData("/admin/settings/imprint")]
    [InlineData("/admin/settings/database")]
    public async Task A_section_without_such_settings_is_not_there(string path)
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open(path);

        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    [Fact]
    public void Every_page_says_the_name_of_the_hub_in_its_title()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "DigiHub.Web"), "*.razor", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("<PageTitle>", StringComparison.Ordinal))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(["HubTitle.razor", "TodayPage.razor"], pages);
    }

    public sealed class OnSqlite(SqliteDatabase database) : SettingsPagesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SettingsPagesTests(database), IClassFixture<PostgresDatabase>;
}
