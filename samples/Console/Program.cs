using Azker.Core.Handling;
using Azker.Core.Updates;
using Azker.PollingFallback;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;

return await AzkerConsole.RunAsync(args, azker => azker.AddHandler<EchoHandler>());

internal sealed class EchoHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        bot.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
