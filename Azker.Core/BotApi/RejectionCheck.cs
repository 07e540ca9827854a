using Azker.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;

namespace Azker.Core.BotApi;

/// <summary>
/// Decides whether a 401, 404 or 421 ends the run. A proxy, or a server that restarts, may give one such answer for a bot that works, so
/// for a bot that has worked <c>getMe</c> must confirm it for a minute.
/// </summary>
internal sealed class RejectionCheck([FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client, BotOptions bot, TimeProvider timeProvider)
{
    private static readonly TimeSpan ConfirmationTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private bool _hasWorked;
    private long? _rejectedSince;

    /// <summary>A call of the bot succeeded.</summary>
    public void Succeeded() => (_hasWorked, _rejectedSince) = (true, null);

    /// <summary>Checks a failed call. A fault that another attempt may mend is left to the caller.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="BotApiRejectedException">Another attempt cannot succeed.</exception>
    public async Task FailedAsync(BotApiFault fault, CancellationToken cancellationToken)
    {
        if (fault.Kind == BotApiFaultKind.LoggedOut || (fault.Kind == BotApiFaultKind.Rejected && !_hasWorked))
        {
            throw new BotApiRejectedException(bot, fault);
        }

        if (fault.Kind == BotApiFaultKind.Rejected)
        {
            await ConfirmAsync(cancellationToken);
        }
    }

    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BotApiCall.RunAsync("getMe", token => client.GetMe(token), CallTimeout, timeProvider, cancellationToken);
            _rejectedSince = null;
        }
        catch (BotApiException error) when (error.Fault.Kind is BotApiFaultKind.Rejected or BotApiFaultKind.LoggedOut)
        {
            _rejectedSince ??= timeProvider.GetTimestamp();
            if (error.Fault.Kind == BotApiFaultKind.LoggedOut || timeProvider.GetElapsedTime(_rejectedSince.Value) >= ConfirmationTime)
            {
                throw new BotApiRejectedException(bot, error.Fault);
            }
        }
        catch (BotApiException)
        {
            // Nothing is confirmed: the server does not answer now.
        }
    }
}
