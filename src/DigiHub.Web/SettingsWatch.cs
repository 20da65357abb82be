using DigiHub.Spaces;

namespace DigiHub.Web;

/// <summary>Lets a process to which nobody comes follow the settings, too: its jobs use them.</summary>
public sealed class SettingsWatch(Catalogue catalogue, ILogger<SettingsWatch> log) : BackgroundService
{
    private static readonly TimeSpan between = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await catalogue.Map(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(exception, "Could not look whether settings have changed");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(between, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
