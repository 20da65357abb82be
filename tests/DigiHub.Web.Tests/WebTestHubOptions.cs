using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests;

/// <summary>Options of the web application of a test.</summary>
public sealed record WebTestHubOptions
{
    /// <summary>The real clock instead of a fake one, for tests that measure or race.</summary>
    public bool RealClock { get; init; }

    /// <summary>Jobs run by themselves, as in production. Off: the test calls what should happen.</summary>
    public bool Jobs { get; init; }

    /// <summary>Rate limits as in production. Off: all tests of a class come from one address.</summary>
    public bool Limits { get; init; }

    /// <summary>Settings below the section DigiHub, such as ("Demo", "true") or ("Database:PoolMax", "8").</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Adds or replaces services, for the rare test that needs to. Such a program serves one test alone.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>Each test gets a program just started: where the test is about what a program says once.</summary>
    public bool OwnProgram { get; init; }

    /// <summary>Words of warnings that every test of the class may cause; see WebTestHub.Expect.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// Whether one program may serve tests that want this, one after another. Jobs may still be at work when a test is over, and
    /// limits remember who came: such programs are started for each test.
    /// </summary>
    public bool IsReusable => !Jobs && !Limits && !OwnProgram && ConfigureServices is null
        && !Settings.Keys.Any(key => key.StartsWith("Limits:", StringComparison.Ordinal));

    /// <summary>Whether a program started for the one does for the other.</summary>
    public bool Suits(WebTestHubOptions other) =>
        IsReusable && other.IsReusable && RealClock == other.RealClock
        && Settings.Count == other.Settings.Count
        && Settings.All(pair => other.Settings.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
