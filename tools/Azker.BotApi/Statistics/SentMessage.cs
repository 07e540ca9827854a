namespace Azker.BotApi.Statistics;

/// <summary>
/// What a bot said: a new message, or one edited (<paramref name="Method"/> tells, in lower case).
/// <paramref name="Sequence"/> counts from 1 and is the cursor of <c>after</c>.
/// <paramref name="Port"/> is 0 when a webhook said it in its answer to an update.
/// </summary>
public sealed record SentMessage(
    long Sequence,
    DateTimeOffset At,
    int Port,
    string Method,
    long ChatId,
    int MessageId,
    string Text,
    int? ReplyTo);
