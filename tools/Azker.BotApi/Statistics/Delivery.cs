namespace Azker.BotApi.Statistics;

/// <summary>
/// One time that an update was handed out, and the local port that the asking client had connected to.
/// With <paramref name="ClientGone"/>, that client had closed its connection before the answer was made.
/// </summary>
public sealed record Delivery(DateTimeOffset At, int Port, bool ClientGone);
