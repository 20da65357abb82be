using Hangfire;

namespace DigiHub.Web;

/// <summary>
/// Registers the recurring jobs after the hub has started to answer: after a kill Hangfire's lock of the dead process lasts ten more
/// seconds, and no page should wait for it. Until then the earlier registrations apply, and signals work anyway.
/// </summary>
internal sealed class ScheduleStart(IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<ScheduleStart> log)
    : BackgroundService
{
    private static readonly TimeSpan again = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStarted);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Schedule.Register(services.GetRequiredService<IRecurringJobManager>());
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested) // the lock of a dead process, a database that is away
            {
                log.LogWarning(exception, "The recurring jobs could not be registered; trying again");
                await Task.Delay(again, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
