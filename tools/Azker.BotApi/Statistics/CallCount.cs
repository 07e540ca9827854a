namespace Azker.BotApi.Statistics;

/// <summary>The number of calls of one method on one port.</summary>
/// <param name="Method">The method, in lower case.</param>
/// <param name="Port">The port, or 0 for a webhook that called the method with its answer to an update.</param>
/// <param name="Count">The number of calls.</param>
public sealed record CallCount(string Method, int Port, long Count);
