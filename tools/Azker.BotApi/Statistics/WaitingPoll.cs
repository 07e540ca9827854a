namespace Azker.BotApi.Statistics;

/// <summary>The long poll that waits now. A bot has at most one.</summary>
public sealed record WaitingPoll(int Port, DateTimeOffset Since, bool ClientGone);
