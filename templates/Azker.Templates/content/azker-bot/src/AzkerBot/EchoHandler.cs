using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.ReplyMarkups;

namespace BotNamespace;

/// <summary>Answers any text that no other handler accepts: sends it back, with a button below it.</summary>
public sealed class EchoHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Message message = update.Update.Message!;
        return bot.SendMessage(
            message.Chat.Id,
            message.Text!,
            replyMarkup: InlineKeyboardButton.WithCallbackData("Shout", ShoutButton.Data),
            cancellationToken: cancellationToken);
    }
}
