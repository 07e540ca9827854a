using Azker.Core.Polling;
using Azker.Simulation.BotApi;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests.Abstractions;

namespace Azker.Simulation.Rules;

/// <summary>A client that turns a 409 into an answer without updates.</summary>
internal sealed class DeafClient(BotClient inner) : FilteredClient(inner)
{
    private readonly BotClient _inner = inner;

    public override async Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _inner.SendRequest(request, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        }
        catch (ApiRequestException error) when (error.ErrorCode == 409 && request is GetRawUpdatesRequest)
        {
            return (TResponse)(object)new RawUpdates([]);
        }
    }
}
