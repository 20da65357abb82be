using DigiHub.Tests;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Operations;

/// <summary>What jobs keep in German says "du" where the hub does.</summary>
public sealed class JobAddressTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private readonly TaskCompletionSource<FormOfAddress> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override WebTestHubOptions Options => new()
    {
        Jobs = true,
        Settings = new Dictionary<string, string?> { ["FormOfAddress"] = "Familiar" },
        ConfigureServices = services => services.AddSingleton(seen),
    };

    [Fact]
    public async Task A_job_runs_in_the_form_of_address_of_its_hub()
    {
        TestHub.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<Asking>(asking => asking.Run());

        Assert.Equal(FormOfAddress.Familiar, await seen.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop));
    }

    public sealed class Asking(TaskCompletionSource<FormOfAddress> seen)
    {
        public async Task Run()
        {
            await Task.Yield();
            seen.SetResult(Languages.Address);
        }
    }
}
