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
}
