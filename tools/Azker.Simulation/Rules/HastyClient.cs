using Azker.Core.Polling;
using Azker.Simulation.BotApi;
using Telegram.Bot.Requests.Abstractions;

namespace Azker.Simulation.Rules;

/// <summary>A client that, while the lock is held, neither ends a poll when its caller stops nor confirms the handled updates.</summary>
internal sealed class HastyClient(BotClient inner, Func<bool> isHolder) : FilteredClient(inner)
{
    private readonly BotClient _inner = inner;

    public override Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        switch (request)
        {
            case GetRawUpdatesRequest { Timeout: 0, Offset: not null }:
                return Task.FromResult((TResponse)(object)new RawUpdates([]));
            case GetRawUpdatesRequest { Timeout: > 0 }:
                var lost = new CancellationTokenSource();
                cancellationToken.UnsafeRegister(_ => CancelUnlessHeld(lost), null);
                return _inner.SendRequest(request, lost.Token);
            default:
                return _inner.SendRequest(request, cancellationToken);
        }
    }

    private void CancelUnlessHeld(CancellationTokenSource lost)
    {
        if (!isHolder())
        {
            lost.Cancel();
        }
    }
}
