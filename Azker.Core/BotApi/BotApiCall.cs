using Azker.Core.Infrastructure;
using Telegram.Bot.Exceptions;

namespace Azker.Core.BotApi;

/// <summary>Makes a Bot API call with a time limit, and names the method when the call fails.</summary>
internal static class BotApiCall
{
    /// <param name="method">The name of the Bot API method.</param>
    /// <param name="call">The call.</param>
    /// <param name="limit">The time after which the call has failed.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BotApiException">The call failed, or there was no answer in time.</exception>
    public static async Task<T> RunAsync<T>(
        string method, Func<CancellationToken, Task<T>> call, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(call, method, limit, timeProvider, cancellationToken);
        }
        catch (RequestException error)
        {
            throw new BotApiException(BotApiFault.From(method, error), error);
        }
        catch (TimeoutException error)
        {
            throw new BotApiException(new BotApiFault(BotApiFaultKind.Transient, method, $"no answer within {limit.TotalSeconds:0.###} s"), error);
        }
    }
}
