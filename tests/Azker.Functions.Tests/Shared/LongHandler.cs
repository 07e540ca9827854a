using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;

namespace Azker.Functions.Tests.Shared;

/// <summary>Says that it takes long.</summary>
[Background]
internal sealed class LongHandler(ITelegramBotClient client) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text == "long";

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        client.SendMessage(update.Update.Message!.Chat.Id, "done", cancellationToken: cancellationToken);
}
