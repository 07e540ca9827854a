using Azker.Core.Updates;
using Telegram.Bot;

namespace Azker.Core.Bot;

internal sealed class EchoHandler(ITelegramBotClient client) : IUpdateHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        client.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
