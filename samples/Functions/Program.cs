using Azker.Core.Handling;
using Azker.Core.Updates;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telegram.Bot;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.AddAzker().AddHandler<EchoHandler>();
builder.Build().Run();

internal sealed class EchoHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        bot.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
