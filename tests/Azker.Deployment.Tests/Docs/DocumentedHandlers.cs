using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace Azker.Deployment.Tests.Docs;

public sealed class PhotoHandler(ITelegramBotClient bot, PhotoAlbum album) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Photo is not null;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Message message = update.Update.Message!;
        int count = await album.AddAsync(message.Photo![^1].FileId, cancellationToken);
        await bot.SendMessage(message.Chat.Id, $"Photo {count} is in the album.", cancellationToken: cancellationToken);
    }
}

public sealed class HoursCommand : IBotCommand
{
    public string Name => "hours";

    public string Description => "says when the shop is open";

    public string Answer(Message message, string arguments) => "From 9 to 17, Sunday to Thursday.";
}

[Background]
public sealed class ReportHandler(ITelegramBotClient bot) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text == "/report";

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        string report = await Report.WriteAsync(cancellationToken);
        await bot.SendMessage(update.Update.Message!.Chat.Id, report, cancellationToken: cancellationToken);
    }
}

public sealed class PongHandler(ITelegramBotClient bot, WebhookReply reply) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text == "ping";

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        var pong = new SendMessageRequest { ChatId = update.Update.Message!.Chat.Id, Text = "pong" };
        if (reply.CanTake)
        {
            reply.Give(pong);
        }
        else
        {
            await bot.SendRequest(pong, cancellationToken);
        }
    }
}

/// <summary>A service of an application.</summary>
public sealed class PhotoAlbum
{
    public int Count { get; private set; }

    public Task<int> AddAsync(string file, CancellationToken cancellationToken) => Task.FromResult(++Count);
}

internal static class Report
{
    public static Task<string> WriteAsync(CancellationToken cancellationToken) => Task.FromResult("All is done.");
}
