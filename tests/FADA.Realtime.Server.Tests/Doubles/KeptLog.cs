using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>Keeps all that is logged, of every category and level.</summary>
internal sealed class KeptLog : ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, string Text)> Lines { get; } = new();

    public IEnumerable<string> Of(string category) => Lines.Where(l => l.Category == category).Select(l => l.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            log.Lines.Enqueue((category, LogLevel.Trace, $"scope {state}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // The values too: a structured log keeps them beside the sentence.
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
            log.Lines.Enqueue((category, logLevel, $"{formatter(state, exception)} {exception} | {values}"));
        }
    }
}
