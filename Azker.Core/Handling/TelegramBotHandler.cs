using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Polling;

namespace Azker.Core.Handling;

/// <summary>
/// Runs a handler that was written for Telegram.Bot's own polling. It gets every update. When it throws, it gets its own error first,
/// as Telegram.Bot does it; then the update counts as failed and is tried again.
/// </summary>
internal sealed class TelegramBotHandler(IUpdateHandler handler, ITelegramBotClient client) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => true;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleUpdateAsync(client, update.Update, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await handler.HandleErrorAsync(client, error, HandleErrorSource.HandleUpdateError, cancellationToken);
            throw;
        }
    }
}
