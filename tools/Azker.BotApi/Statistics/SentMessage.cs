namespace Azker.BotApi.Statistics;

/// <summary>A message that a bot sent, or the new text of a message that it edited.</summary>
/// <param name="Sequence">The number of the message among all that the bot sent or edited, from 1. A reset does not restart it.</param>
/// <param name="At">When the call arrived, on the server's clock.</param>
/// <param name="Port">The port of the call, or 0 for a webhook that called the method with its answer to an update.</param>
/// <param name="Method">The method in lower case: <c>sendmessage</c> or <c>editmessagetext</c>.</param>
/// <param name="ChatId">The chat.</param>
/// <param name="MessageId">The message_id of the message, counted from 1 over all chats of the bot.</param>
/// <param name="Text">The text.</param>
/// <param name="ReplyTo">The message_id of the message that this message replies to, or null.</param>
public sealed record SentMessage(
    long Sequence,
    DateTimeOffset At,
    int Port,
    string Method,
    long ChatId,
    int MessageId,
    string Text,
    int? ReplyTo);
