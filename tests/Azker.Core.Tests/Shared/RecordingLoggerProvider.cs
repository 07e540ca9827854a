using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Shared;

internal sealed record LogLine(string Category, LogLevel Level, int EventId, string Text)
{
    /// <summary>The values of the scopes in which the line was logged.</summary>
    public IReadOnlyDictionary<string, object?> Scope { get; init; } = new Dictionary<string, object?>();
}

/// <summary>Keeps all log entries of all levels, with their exceptions and scopes.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private IExternalScopeProvider? _scopes;

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public IEnumerable<LogLine> Of<T>(int eventId) => _lines.Where(line => line.Category == typeof(T).FullName && line.EventId == eventId);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private Dictionary<string, object?> Scope()
    {
        var values = new Dictionary<string, object?>();
        _scopes?.ForEachScope(
            (scope, all) => (scope as IEnumerable<KeyValuePair<string, object?>> ?? []).ToList().ForEach(value => all[value.Key] = value.Value), values);
        return values;
    }

    private sealed class Logger(string category, RecordingLoggerProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider._lines.Enqueue(new LogLine(category, logLevel, eventId.Id, $"{formatter(state, exception)} {exception}") { Scope = provider.Scope() });
    }
}
