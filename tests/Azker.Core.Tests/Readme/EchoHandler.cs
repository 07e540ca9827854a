using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;

namespace Azker.Core.Tests.Readme;

internal sealed class EchoHandler(ITelegramBotClient client) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        client.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
