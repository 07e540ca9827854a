namespace Azker.Demo.Measurements;

/// <summary>A process was killed by SIGKILL; the port of the stand-in was its own.</summary>
internal sealed record Kill(int Port, DateTimeOffset At);
