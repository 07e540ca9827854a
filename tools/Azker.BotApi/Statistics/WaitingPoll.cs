namespace Azker.BotApi.Statistics;

/// <summary>The long poll that waits now. A bot has at most one.</summary>
/// <param name="Port">The local port that the client had connected to.</param>
/// <param name="Since">When the poll arrived, on the server's clock.</param>
/// <param name="ClientGone">Whether the client has closed its connection. Its poll waits on, as on Telegram's server.</param>
public sealed record WaitingPoll(int Port, DateTimeOffset Since, bool ClientGone);
