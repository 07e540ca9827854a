using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;

namespace Azker.Simulation.Instances;

/// <summary>A console with <c>USE_WEBHOOK=false</c>, which waits for the lock as a standby and polls under the lock.</summary>
internal sealed class PollingConsole : IRole
{
    public IEnumerable<(string Name, string Value)> Settings => [(SettingNames.UseWebhook, "false")];

    public async Task RunAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        process.Get<ReceiverStatus>().Mode = ReceiverMode.Polling;
        try
        {
            await using IInstanceLockHandle handle = await process.Get<IInstanceLock>().AcquireAsync(waitingFor: null, stoppingToken);
            await process.Get<PollingReceiver>().RunAsync(handle, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
