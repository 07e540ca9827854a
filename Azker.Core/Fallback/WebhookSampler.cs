using Azker.Core.BotApi;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>Samples the webhook from both sides at once: the Bot API server and the target.</summary>
internal sealed class WebhookSampler(
    WebhookRegistration registration, ITargetProbe probe, RejectionCheck rejections, TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>Takes one sample.</summary>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task<WebhookSample> TakeAsync(CancellationToken cancellationToken)
    {
        Task<TargetHealth> target = probe.ProbeAsync(cancellationToken);
        (RegisteredWebhook? registered, string? fault) = await GetRegisteredAsync(cancellationToken);
        bool isOurs = registered is not null && registration.IsOurs(registered);
        return new WebhookSample(timeProvider.GetElapsedTime(_start), registered, isOurs, await target) { Fault = fault };
    }

    private async Task<(RegisteredWebhook? Registered, string? Fault)> GetRegisteredAsync(CancellationToken cancellationToken)
    {
        try
        {
            RegisteredWebhook registered = await registration.GetAsync(cancellationToken);
            rejections.Succeeded();
            return (registered, null);
        }
        catch (BotApiException error)
        {
            await rejections.FailedAsync(error.Fault, cancellationToken);
            return (null, error.Fault.PublicDescription);
        }
    }
}
