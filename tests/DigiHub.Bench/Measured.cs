namespace DigiHub.Bench;

/// <summary>One load with what it cost the server.</summary>
/// <param name="MemoryMb">Proportional set size, the greatest seen during the load; null where the system does not say.</param>
public sealed record Measured(string What, int Connections, LoadResult Load, double CpuMilliseconds, double? MemoryMb, double? Ceiling)
{
    private static readonly TimeSpan lookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Of the ceiling measured beside it.</summary>
    public double? Share => Load.PerSecond / Ceiling;

    public static async Task<Measured> Of(
        string what, Server server, int connections, TimeSpan duration, Func<int, byte[]> request, double? ceiling = null)
    {
        var memory = server.MemoryMb();
        using var done = new CancellationTokenSource();
        var watcher = Watch();
        var cpu = server.Cpu();
        var load = await Driver.Run(server.Port, connections, duration, request);
        cpu = server.Cpu() - cpu;
        await done.CancelAsync();
        await watcher;
        return new Measured(what, connections, load, load.Count == 0 ? double.NaN : cpu.TotalMilliseconds / load.Count, memory, ceiling);

        async Task Watch()
        {
            while (!done.IsCancellationRequested)
            {
                await Task.Delay(lookEvery, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                memory = Math.Max(memory ?? 0, server.MemoryMb() ?? 0);
            }
        }
    }
}
