namespace Azker.BotApi.Statistics;

/// <summary>One call of getUpdates.</summary>
/// <param name="At">When the call arrived, on the server's clock.</param>
/// <param name="Port">The local port that the client had connected to.</param>
/// <param name="Offset">The <c>offset</c> of the call; 0 when it had none.</param>
/// <param name="AnsweredAt">When the server answered, or null while the call waits.</param>
/// <param name="Status">The HTTP status of the answer, or null while the call waits.</param>
/// <param name="ClientGone">Whether the client closed its connection before the server answered.</param>
public sealed record PollRecord(DateTimeOffset At, int Port, int Offset, DateTimeOffset? AnsweredAt, int? Status, bool ClientGone);
