using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Handling.Commands;

/// <summary>Answers commands, in private chats and in groups.</summary>
internal sealed class CommandHandler(ITelegramBotClient client, BotProfile profile, IEnumerable<IBotCommand> commands) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Kind == "message" && CommandText.Of(update.Update.Message) is not null;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Message message = update.Update.Message!;
        CommandText command = CommandText.Of(message)!.Value;
        if (await IsForOtherBotAsync(command, cancellationToken) || Answer(message, command) is not { } answer)
        {
            return;
        }

        await client.SendMessage(
            message.Chat.Id,
            answer,
            replyParameters: new ReplyParameters { MessageId = message.Id, AllowSendingWithoutReply = true },
            messageThreadId: message.IsTopicMessage ? message.MessageThreadId : null,
            cancellationToken: cancellationToken);
    }

    private async Task<bool> IsForOtherBotAsync(CommandText command, CancellationToken cancellationToken) =>
        command.Mention is { } mention
        && !mention.Equals(await profile.GetUsernameAsync(cancellationToken), StringComparison.OrdinalIgnoreCase);

    private string? Answer(Message message, CommandText text)
    {
        if (commands.FirstOrDefault(command => command.Name == text.Name) is { } known)
        {
            return known.Answer(message, text.Arguments);
        }

        // In a group, a command without a mention may be meant for another bot.
        return message.Chat.Type == ChatType.Private || text.Mention is not null
            ? $"I do not know /{text.Name}. /help lists what I can do."
            : null;
    }
}
