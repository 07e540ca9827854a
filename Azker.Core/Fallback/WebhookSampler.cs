using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>Looks at the webhook from both sides at once.</summary>
internal sealed class WebhookSampler(
    WebhookRegistration registration, ITargetProbe probe, BotOptions bot, TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>Looks once.</summary>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task<WebhookSample> TakeAsync(CancellationToken cancellationToken)
    {
        Task<TargetHealth> target = probe.ProbeAsync(cancellationToken);
        (RegisteredWebhook? registered, string? fault) = await LookAsync(cancellationToken);
        bool isOurs = registered is not null && registration.IsOurs(registered);
        return new WebhookSample(timeProvider.GetElapsedTime(_start), registered, isOurs, await target) { Fault = fault };
    }

    private async Task<(RegisteredWebhook? Registered, string? Fault)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await registration.LookAsync(cancellationToken), null);
        }
        catch (Exception error) when (BotApiFault.From(error) is { } fault)
        {
            return fault.Kind == BotApiFaultKind.Rejected
                ? throw new BotApiRejectedException(bot.Token.BotId, bot.ApiUrl, fault.Description)
                : (null, fault.Words);
        }
    }
}
