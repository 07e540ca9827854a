namespace Azker.BotApi.Statistics;

/// <summary>
/// One getUpdates. Until it is answered, <paramref name="AnsweredAt"/> and <paramref name="Status"/> are null.
/// With <paramref name="ClientGone"/>, its client had closed the connection before that.
/// </summary>
public sealed record PollRecord(DateTimeOffset At, int Port, int Offset, DateTimeOffset? AnsweredAt, int? Status, bool ClientGone);
