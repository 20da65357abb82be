using System.Net;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Operations;

/// <summary>Hangfire's own pages, which need scripts inline.</summary>
public sealed class JobsDashboardTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("false", HttpStatusCode.NotFound)]
    [InlineData("true", HttpStatusCode.OK)]
    public async Task The_dashboard_is_there_only_where_the_operator_wants_it(string setting, HttpStatusCode status)
    {
        await using var web = await WebTestHub.Open(database,
            new WebTestHubOptions { Settings = new Dictionary<string, string?> { ["Jobs:Dashboard"] = setting } });
        using var alan = await web.SignIn(web.Cast.Alan, Language.English);

        await alan.Open("/admin/work");
        Assert.Equal(status == HttpStatusCode.OK, alan.Page.QuerySelector("a[href='/admin/jobs']") is not null);
        using var dashboard = await alan.Client.GetAsync(
            new Uri("/admin/jobs", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, dashboard.StatusCode);
    }
}
