using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace BotNamespace;

/// <summary>Handles a press of the button below a message: writes the message in capital letters.</summary>
public sealed class ShoutButton(ITelegramBotClient bot) : IBotHandler
{
    public const string Data = "shout";

    public bool Accepts(ReceivedUpdate update) => update.Update.CallbackQuery?.Data == Data;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        CallbackQuery press = update.Update.CallbackQuery!;
        if (press.Message is { Text: { } text } message && text.ToUpperInvariant() is var capitals && capitals != text)
        {
            await bot.EditMessageText(message.Chat.Id, message.Id, capitals, cancellationToken: cancellationToken);
        }

        await bot.AnswerCallbackQuery(press.Id, cancellationToken: cancellationToken);
    }
}
