using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Opening;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Opening;

/// <summary>A hub whose settings file says that its German says "du".</summary>
public sealed class FormOfAddressInFileTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    protected override WebTestHubOptions Options =>
        new() { Settings = new Dictionary<string, string?> { ["FormOfAddress"] = "familiar" } };

    [Fact]
    public async Task Set_up_says_du_from_its_first_page_on()
    {
        await using (var db = TestHub.OpenDb())
            await TestDatabase.Empty(db, typeof(StoredKey));
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        await TestHub.Services.GetRequiredService<MakeSetupCode>().Run(Stop);
        using var reader = TestHub.NewReader();

        await reader.Open("/");

        Assert.Equal("/setup", reader.Address.AbsolutePath);
        Assert.Contains("Dein Name", reader.Text, StringComparison.Ordinal);
        Assert.Empty(FormalWords.In(reader.Page));
    }

    [Fact]
    public async Task It_is_shown_and_cannot_be_changed_in_the_browser()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);

        await alan.Open("/admin/settings/hub");

        Assert.Null(alan.Page.QuerySelector("input[name=FormOfAddress]"));
        Assert.Contains("Vertraut: du (in den Einstellungen gesetzt: DigiHub:FormOfAddress)", alan.Text, StringComparison.Ordinal);
    }
}
