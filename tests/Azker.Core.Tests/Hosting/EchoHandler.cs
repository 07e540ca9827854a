using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;

namespace Azker.Core.Tests.Hosting;

/// <summary>The handler of the README's first example.</summary>
internal sealed class EchoHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Kind == "message";

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        bot.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
