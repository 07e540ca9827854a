using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Handling;
using Azker.Core.Handling.Errors;
using Azker.Core.Tests.Hosting;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Deployment.Tests.Docs;

/// <summary>The registrations of docs/handlers.md and docs/moving.md, word for word, and its test, which runs.</summary>
public sealed class DocumentedBot
{
    [Fact]
    public async Task The_test_of_a_handler_in_the_docs_works()
    {
        await using BotApiServer telegram = await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, CancellationToken.None);
        var builder = new HostApplicationBuilder();
        builder.Services.AddAzker(options =>
        {
            options.Bot.Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
            options.Bot.ApiUrl = new Uri(telegram.Url);
            options.Storage.DataDirectory = Directory.CreateTempSubdirectory().FullName;
        }).AddCommand<HoursCommand>();
        using IHost host = builder.Build();
#pragma warning disable xUnit1051 // The docs show the line without the token of a test.
        await host.StartAsync();
#pragma warning restore xUnit1051

        BotAccount bot = telegram.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        bot.EnqueueText(chatId: 5, userId: 5, "/hours");

        await Eventually.IsTrue(() => bot.Sent.Any(message => message.Text.StartsWith("From 9 to 17", StringComparison.Ordinal)), "the answer was sent");
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static void Add(IAzkerBuilder azker)
    {
        azker.AddCommand<HoursCommand>();
        azker.AddHandler(
            update => update.Kind == "callback_query",
            (Update update, ITelegramBotClient bot) => bot.AnswerCallbackQuery(update.CallbackQuery!.Id, "Done"));
        azker.AddHandler<PhotoHandler>();
        azker.Services.AddScoped<PhotoAlbum>();
        azker.AddHandler(async (Update update, PhotoAlbum album, ITelegramBotClient bot, CancellationToken cancellationToken) =>
            await bot.SendMessage(update.Message!.Chat.Id, $"{album.Count} photos", cancellationToken: cancellationToken));
        azker.AddHandler(
            update => update.Update.Message?.Text == "/cancel",
            (Update update, IRunningUpdates running) =>
            {
                foreach (RunningUpdate other in running.List(update.Message!.Chat.Id).Where(other => other.Update.Id != update.Id))
                {
                    running.Cancel(other.Update.Id);
                }
            },
            handler => handler.OutOfOrder());
        azker.ClassifyErrors(error => error switch
        {
            HttpRequestException => ErrorClass.Outage,
            FormatException => ErrorClass.Faulty,
            _ => null,
        });
        azker.AddTelegramBotHandler<ExistingHandler>();
    }
}
