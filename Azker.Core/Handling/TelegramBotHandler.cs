using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Polling;

namespace Azker.Core.Handling;

/// <summary>Runs a handler that was written for Telegram.Bot's own polling, which gets every update.</summary>
/// <remarks>
/// When the handler throws, this class passes the exception to its <see cref="IUpdateHandler.HandleErrorAsync"/>, as Telegram.Bot does.
/// Then the attempt counts as failed, and Azker tries the update again.
/// </remarks>
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
