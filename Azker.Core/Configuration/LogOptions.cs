namespace Azker.Core.Configuration;

/// <summary>How the console writes its log. An application of its own configures its log itself.</summary>
public sealed class LogOptions
{
    /// <summary>
    /// <c>LOG_FORMAT</c>: the form of the console's log lines. Default <see cref="LogFormat.Text"/>.
    /// <see cref="LogFormat.Json"/> is for programs that collect logs.
    /// </summary>
    public LogFormat Format { get; set; }
}
