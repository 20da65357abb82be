using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests;

public sealed record LogLine(LogLevel Level, string Category, string Text, Exception? Exception)
{
    public override string ToString() => Exception is null ? $"{Level} {Category}: {Text}" : $"{Level} {Category}: {Text}\n{Exception}";
}

/// <summary>
/// Remembers what the application logs, for tests that look there and for the output of those that fail: all warnings and errors,
/// and as much of the rest as bounds the memory of a long test.
/// </summary>
public sealed class LogBook : ILoggerProvider
{
    private const int LinesMax = 20_000;

    private readonly ConcurrentQueue<LogLine> warnings = [], lines = [];

    /// <summary>In their order; of the oldest, warnings and errors alone.</summary>
    public IReadOnlyList<LogLine> Lines => [.. warnings, .. lines];

    public void Clear()
    {
        warnings.Clear();
        lines.Clear();
    }

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, this);

    public void Dispose()
    {
        // The lines outlive the application.
    }

    private void Add(LogLine line)
    {
        lines.Enqueue(line);
        if (lines.Count > LinesMax && lines.TryDequeue(out var oldest) && oldest.Level >= LogLevel.Warning)
            warnings.Enqueue(oldest);
    }

    private sealed class Writer(string category, LogBook book) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                book.Add(new LogLine(logLevel, category, formatter(state, exception), exception));
        }
    }
}
