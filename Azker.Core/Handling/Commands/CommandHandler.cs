using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>Answers the registered commands, in private chats and in groups.</summary>
internal sealed class CommandHandler(ITelegramBotClient client, BotProfile profile, IEnumerable<IBotCommand> commands) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) =>
        update.Kind == "message" && CommandText.Of(update.Update.Message) is { } command && Find(command) is not null;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Message message = update.Update.Message!;
        CommandText command = CommandText.Of(message)!.Value;
        if (!await profile.IsForOtherBotAsync(command, cancellationToken))
        {
            await client.SendMessage(
                message.Chat.Id,
                Find(command)!.Answer(message, command.Arguments),
                replyParameters: new ReplyParameters { MessageId = message.Id, AllowSendingWithoutReply = true },
                messageThreadId: message.IsTopicMessage ? message.MessageThreadId : null,
                cancellationToken: cancellationToken);
        }
    }

    private IBotCommand? Find(CommandText text) => commands.FirstOrDefault(command => command.Name == text.Name);
}
