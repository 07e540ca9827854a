using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azker.Core.Hosting;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks all that a bot with valid settings needs, one service after the other.</summary>
internal sealed class BotChecks(AzkerBot bot)
{
    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AzkerOptions options = bot.Options;
        IEnumerable<IAsyncEnumerable<Finding>> checks =
        [
            new BotApiChecks(bot).RunAsync(cancellationToken),
            options.Storage.IsConfigured ? new StorageChecks(bot).RunAsync(cancellationToken) : new DirectoryChecks(bot).RunAsync(cancellationToken),
            WebhookSettings(options).ToAsyncEnumerable(),
            options.Webhook.UseWebhook ? new WebhookChecks(bot).RunAsync(sendsRequests: true, cancellationToken) : AsyncEnumerable.Empty<Finding>(),
        ];
        foreach (IAsyncEnumerable<Finding> each in checks)
        {
            await foreach (Finding finding in each)
            {
                yield return finding;
            }
        }
    }

    /// <summary>The settings of a webhook that can be checked without a call.</summary>
    private static IEnumerable<Finding> WebhookSettings(AzkerOptions options)
    {
        if (options.Webhook.UseWebhook)
        {
            yield return SecretCheck.Run(options);
        }

        if (options.Webhook is { UseWebhook: true, Certificate: { } certificate, Url: var url })
        {
            yield return WebhookCertificateCheck.Run(certificate, url, TimeProvider.System);
        }
    }
}
