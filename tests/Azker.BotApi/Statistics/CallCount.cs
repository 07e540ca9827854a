namespace Azker.BotApi.Statistics;

/// <summary>How often a port was called for one method (its name in lower case).</summary>
public sealed record CallCount(string Method, int Port, long Count);
