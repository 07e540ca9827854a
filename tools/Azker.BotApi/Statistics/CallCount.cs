namespace Azker.BotApi.Statistics;

/// <summary>How often a port was called for one method (its name in lower case). Port 0 is a webhook's answer.</summary>
public sealed record CallCount(string Method, int Port, long Count);
