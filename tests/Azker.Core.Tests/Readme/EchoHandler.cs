using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;

namespace Azker.Core.Tests.Readme;

public sealed class EchoHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        bot.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
