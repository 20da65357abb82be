using DigiHub.Data;
using DigiHub.Demo;

[assembly: AssemblyFixture(typeof(DigiHub.Web.Tests.DemoHub))]

namespace DigiHub.Web.Tests;

/// <summary>The hub just as the README's first command starts it: its own process, SQLite, e-mails in a folder, the demo.</summary>
public sealed class DemoHub : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-demo-");
    private readonly SemaphoreSlim starting = new(1);
    private HubProcess? hub;

    /// <summary>Started by the first test that needs it.</summary>
    public async Task<HubProcess> Running()
    {
        await starting.WaitAsync();
        try
        {
            return hub ??= await HubProcess.Start(
                new DataOptions(null, Path.Combine(folder.FullName, "digihub.db")),
                ("Demo", "true"), ("Limits:GuestFormsPerHourAndCaller", "1000"));
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Signs in by the cast's button on the sign-in page.</summary>
    public static async Task SignIn(Visitor visitor, CastMember member)
    {
        await visitor.Open("/sign-in");
        await visitor.Page.Locator($"button[name=email][value='{member.Email}']").ClickAsync();
        await visitor.Arrive(at => at.AbsolutePath != "/sign-in");
        visitor.Steps = 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (hub is not null)
            await hub.DisposeAsync();
        starting.Dispose();
        folder.Delete(recursive: true);
    }
}
