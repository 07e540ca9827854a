namespace Azker.Demo.Measurements;

/// <summary>A kill (SIGKILL) of the process that used a port of the stand-in.</summary>
internal sealed record Kill(int Port, DateTimeOffset At);
