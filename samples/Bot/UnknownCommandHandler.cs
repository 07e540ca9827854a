using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Samples.Bot;

/// <summary>Answers an unknown command, except in a group, where the command may be meant for another bot.</summary>
internal sealed class UnknownCommandHandler(ITelegramBotClient client, BotProfile profile) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Kind == "message" && CommandText.Of(update.Update.Message) is not null;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Message message = update.Update.Message!;
        CommandText command = CommandText.Of(message)!.Value;
        bool isForThisBot = message.Chat.Type == ChatType.Private || command.Mention is not null;
        if (isForThisBot && !await profile.IsForOtherBotAsync(command, cancellationToken))
        {
            await client.SendMessage(
                message.Chat.Id,
                $"I do not know /{command.Name}. /help lists what I can do.",
                replyParameters: new ReplyParameters { MessageId = message.Id, AllowSendingWithoutReply = true },
                messageThreadId: message.IsTopicMessage ? message.MessageThreadId : null,
                cancellationToken: cancellationToken);
        }
    }
}
