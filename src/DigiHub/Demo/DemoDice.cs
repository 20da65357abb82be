namespace DigiHub.Demo;

/// <summary>Pseudo-random numbers with a fixed seed, so that two demos of one day are equal.</summary>
internal sealed class DemoDice(int seed)
{
#pragma warning disable CA5394 // made-up data is no secret
    private readonly Random random = new(seed);

    public Guid Id()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public bool OneIn(int n) => random.Next(n) == 0;

    public bool Percent(int percent) => random.Next(100) < percent;

    /// <summary>From least to most, both included.</summary>
    public int Between(int least, int most) => random.Next(least, most + 1);

    public T[] Shuffled<T>(IEnumerable<T> things)
    {
        var all = things.ToArray();
        random.Shuffle(all);
        return all;
    }
#pragma warning restore CA5394
}
