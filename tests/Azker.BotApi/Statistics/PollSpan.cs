namespace Azker.BotApi.Statistics;

/// <summary>When a port was first and last asked for updates, by getUpdates.</summary>
public sealed record PollSpan(int Port, DateTimeOffset FirstAt, DateTimeOffset LastAt);
