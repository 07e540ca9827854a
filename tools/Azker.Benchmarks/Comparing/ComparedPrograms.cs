using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Updates;
using Azker.PollingFallback;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Polling;
using Telegram.Bot.Types;

namespace Azker.Benchmarks.Comparing;

/// <summary>The programs that are compared: Azker's console, and Telegram.Bot as its documentation shows it.</summary>
internal static class ComparedPrograms
{
    public const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>Runs Azker's console, with its settings from the environment.</summary>
    public static Task<int> RunAzkerAsync(UpdateCount count, bool isTyped) =>
        AzkerConsole.RunAsync(["run"], azker =>
        {
            azker.Services.AddSingleton(count);
            _ = isTyped ? azker.AddHandler<TypedHandler>() : azker.AddHandler<RawHandler>();
        });

    public static async Task<int> RunTelegramBotAsync(UpdateCount count)
    {
        var bot = new TelegramBotClient(new TelegramBotClientOptions(Token, Environment.GetEnvironmentVariable(SettingNames.TelegramApiUrl)));
        await bot.ReceiveAsync(
            (_, update, _) =>
            {
                if (update.Message!.Chat.Id != 0)
                {
                    count.Add();
                }

                return Task.CompletedTask;
            },
            (_, error, _) => Task.FromException(error),
            new ReceiverOptions { Limit = 100 });
        return 0;
    }

    /// <summary>The webhook of Telegram.Bot in a minimal API, with the secret compared.</summary>
    public static async Task<int> ServeTelegramBotAsync(UpdateCount count)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(Environment.GetEnvironmentVariable(SettingNames.WebhookListen)!);
        builder.Services.ConfigureHttpJsonOptions(options => JsonBotAPI.Configure(options.SerializerOptions));
        WebApplication app = builder.Build();
        app.MapPost("/webhook", (Update update, HttpRequest request) =>
        {
            if (request.Headers["X-Telegram-Bot-Api-Secret-Token"] != WebhookLoad.Secret)
            {
                return Results.Unauthorized();
            }

            if (update.Message!.Chat.Id != 0)
            {
                count.Add();
            }

            return Results.Ok();
        });
        await app.RunAsync();
        return 0;
    }

    private sealed class RawHandler(UpdateCount count) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
        {
            count.Add();
            return Task.CompletedTask;
        }
    }

    private sealed class TypedHandler(UpdateCount count) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
        {
            if (update.Update.Message!.Chat.Id != 0)
            {
                count.Add();
            }

            return Task.CompletedTask;
        }
    }
}
