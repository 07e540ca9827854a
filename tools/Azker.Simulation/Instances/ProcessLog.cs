using Azker.Simulation.Scheduling;
using Microsoft.Extensions.Logging;

namespace Azker.Simulation.Instances;

/// <summary>The log of one process, as lines of the trace.</summary>
internal sealed class ProcessLog(ProcessThread thread) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => thread.World.Trace.IsOn && logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            thread.World.Trace.Add(thread.World.Now, thread.Name, $"| {formatter(state, exception)}{(exception is null ? "" : $" [{exception.GetType().Name}: {exception.Message}]")}");
        }
    }
}
