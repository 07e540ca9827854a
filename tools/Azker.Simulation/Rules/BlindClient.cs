using Azker.Core.Webhook.Registration;
using Azker.Simulation.BotApi;
using Telegram.Bot.Requests.Abstractions;

namespace Azker.Simulation.Rules;

/// <summary>A client whose getWebhookInfo always says that no webhook is set.</summary>
internal sealed class BlindClient(BotClient inner) : FilteredClient(inner)
{
    private readonly BotClient _inner = inner;

    public override Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default) =>
        request is GetRegisteredWebhookRequest
            ? Task.FromResult((TResponse)(object)new RegisteredWebhook())
            : _inner.SendRequest(request, cancellationToken);
}
