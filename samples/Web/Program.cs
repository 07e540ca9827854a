using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddAzker(builder.Configuration).AddHandler<EchoHandler>();

WebApplication app = builder.Build();
app.MapGet("/", () => "This site has a bot.");
app.MapAzker();
app.Run();

internal sealed class EchoHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        bot.SendMessage(update.Update.Message!.Chat.Id, update.Update.Message.Text!, cancellationToken: cancellationToken);
}
