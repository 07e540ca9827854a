using Azker.Core.Instances;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.Core.Hosting;

/// <summary>Receives a bot's updates while the host runs.</summary>
/// <remarks>
/// The settings say how: by polling, by a webhook that the host serves, or as the fallback of a webhook that another program serves. A
/// failure ends the host. A host stops its services in the reverse order of their registration, and ASP.NET Core registers its server
/// last. So the server has finished the requests in flight when <see cref="StopAsync"/> begins.
/// </remarks>
internal sealed class ReceiverService(AzkerBot bot, IHostApplicationLifetime lifetime) : BackgroundService
{
    private readonly TaskCompletionSource _requestsFinished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for the end of the run, even beyond the time limit of the host: the release of the lock has limits of its own.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _requestsFinished.TrySetResult();
        await base.StopAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HostHasStartedAsync())
        {
            return;
        }

        using CancellationTokenRegistration onStopping = lifetime.ApplicationStopping.Register(
            () => bot.AbandonHandlersAfter(bot.Options.Delivery.ShutdownTimeout));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, stoppingToken);
        Task housekeeping = bot.Receiver.GetRequiredService<BotHousekeeping>().RunUntilAsync(end.Token);
        Task heartbeat = bot.Receiver.GetRequiredService<InstanceHeartbeat>().RunUntilAsync(end.Token);
        try
        {
            bot.Handlers.Prepare();
            bot.Receiver.GetRequiredService<StorageSummary>().Write();
            bot.Receiver.GetRequiredService<NetworkSummary>().Write();
            if (await PrepareAsync(end.Token))
            {
                await Run().RunAsync(_requestsFinished.Task, end.Token);
            }
        }
        catch
        {
            bot.AbandonHandlersAfter(TimeSpan.Zero);
            throw;
        }
        finally
        {
            end.Cancel();
            await housekeeping;
            await heartbeat;
        }
    }

    /// <returns>Whether the storage was prepared; otherwise a stop was requested before.</returns>
    private async Task<bool> PrepareAsync(CancellationToken stoppingToken)
    {
        try
        {
            await bot.PrepareStorageAsync(stoppingToken);
            await bot.Receiver.GetRequiredService<LedgerCheck>().RunAsync(stoppingToken);
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Waits until the host has started, so that the server listens before the webhook is registered.</summary>
    /// <returns>Whether the host has started; otherwise it stops.</returns>
    private async Task<bool> HostHasStartedAsync()
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using CancellationTokenRegistration onStopping = lifetime.ApplicationStopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private IReceiverRun Run()
    {
        Type run = bot switch
        {
            { Options.Webhook.UseWebhook: false } => typeof(PollingRun),
            { ServesWebhook: true } => typeof(WebhookRun),
            _ => typeof(FallbackRun),
        };
        return (IReceiverRun)ActivatorUtilities.CreateInstance(bot.Receiver, run);
    }
}
