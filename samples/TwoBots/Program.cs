using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddAzker("sales", builder.Configuration.GetSection("Sales")).AddHandler<SalesHandler>();
builder.Services.AddAzker("support", builder.Configuration.GetSection("Support")).AddHandler<SupportHandler>();

WebApplication app = builder.Build();
app.MapGet("/", () => "This site has two bots.");
app.MapAzker();
app.Run();

internal sealed class SalesHandler(ITelegramBotClient bot) : EchoHandler(bot, "Sales");

internal sealed class SupportHandler(ITelegramBotClient bot) : EchoHandler(bot, "Support");

internal abstract class EchoHandler(ITelegramBotClient bot, string department) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        bot.SendMessage(update.Update.Message!.Chat.Id, $"{department}: {update.Update.Message.Text}", cancellationToken: cancellationToken);
}
