using Azker.Core.Handling.Commands;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;
using Telegram.Bot.Polling;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Readme;

/// <summary>The registrations of the README, word for word, so that they compile.</summary>
internal static class ReadmeBot
{
    public static void Add(IAzkerBuilder azker)
    {
        azker.AddHandler<EchoHandler>();
        azker.AddHandler((Update update, ITelegramBotClient bot) => bot.SendMessage(update.Message!.Chat.Id, "Hello"));
        azker.AddCommand<PingCommand>();
        azker.AddTelegramBotHandler<ExistingHandler>();
    }

    private sealed class PingCommand : IBotCommand
    {
        public string Name => "ping";

        public string Description => "answers pong";

        public string Answer(Message message, string arguments) => "pong";
    }

    private sealed class ExistingHandler : IUpdateHandler
    {
        public Task HandleUpdateAsync(ITelegramBotClient botClient, Update update, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task HandleErrorAsync(
            ITelegramBotClient botClient, Exception exception, HandleErrorSource source, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
