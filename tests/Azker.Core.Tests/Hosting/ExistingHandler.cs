using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Polling;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Tests.Hosting;

/// <summary>A handler of the form that Telegram.Bot's examples have: it knows nothing of Azker.</summary>
internal sealed partial class ExistingHandler(
    ITelegramBotClient bot, ILogger<ExistingHandler> logger, ConcurrentQueue<(Exception Error, HandleErrorSource Source)> errors) : IUpdateHandler
{
    public async Task HandleUpdateAsync(ITelegramBotClient botClient, Update update, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await (update switch
        {
            { Message: { } message } => AnswerAsync(message),
            { EditedMessage: { } message } => AnswerAsync(message),
            { CallbackQuery: { } query } => AnswerAsync(query),
            { PollAnswer: { User: { } voter } answer } => bot.SendMessage(voter.Id, $"option {answer.OptionIds[0]}", cancellationToken: cancellationToken),
            _ => IgnoreAsync(update),
        });
    }

    public async Task HandleErrorAsync(ITelegramBotClient botClient, Exception exception, HandleErrorSource source, CancellationToken cancellationToken)
    {
        errors.Enqueue((exception, source));
        if (exception is RequestException)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        }
    }

    private async Task AnswerAsync(Message message)
    {
        if (message.Text is not { } text)
        {
            return;
        }

        Message sent = await (text.Split(' ')[0] switch
        {
            "/throw" => throw new NotSupportedException("/throw"),
            "/edited" => bot.SendMessage(message.Chat, "the text was edited"),
            _ => bot.SendMessage(message.Chat, "/throw /edited"),
        });
        Log.Sent(logger, sent.Id);
    }

    private async Task AnswerAsync(CallbackQuery query)
    {
        await bot.AnswerCallbackQuery(query.Id, $"chosen: {query.Data}");
        await bot.SendMessage(query.Message!.Chat, $"chosen: {query.Data}");
    }

    private Task IgnoreAsync(Update update)
    {
        Log.Ignored(logger, update.Type);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The message {Id} was sent.")]
        public static partial void Sent(ILogger logger, int id);

        [LoggerMessage(2, LogLevel.Information, "An update of the type {Type} is not handled.")]
        public static partial void Ignored(ILogger logger, UpdateType type);
    }
}
