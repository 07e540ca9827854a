namespace Azker.BotApi.Statistics;

/// <summary>One delivery of an update by getUpdates.</summary>
/// <param name="At">When the server answered, on its own clock.</param>
/// <param name="Port">The local port that the client had connected to.</param>
/// <param name="ClientGone">Whether the client had closed its connection before the server answered.</param>
public sealed record Delivery(DateTimeOffset At, int Port, bool ClientGone);
