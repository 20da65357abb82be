using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests;

public sealed record LogLine(LogLevel Level, string Category, string Text, Exception? Exception)
{
    public override string ToString() => Exception is null ? $"{Level} {Category}: {Text}" : $"{Level} {Category}: {Text}\n{Exception}";
}

/// <summary>Remembers what the application logs, for tests that look there and for the output of those that fail.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> lines = [];

    public IReadOnlyList<LogLine> Lines => [.. lines];

    public void Clear() => lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, lines);

    public void Dispose()
    {
        // The lines outlive the application.
    }

    private sealed class Writer(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception), exception));
        }
    }
}
