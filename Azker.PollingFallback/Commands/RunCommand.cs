using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Commands;

/// <summary><c>run</c>: takes the receiver lock and receives until a signal asks it to stop.</summary>
internal sealed class RunCommand(Action<IAzkerBuilder>? configure)
{
    /// <param name="order">Sets the options that only the command line sets.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(Action<AzkerOptions> order, CancellationToken cancellationToken) => CommandFault.CatchAsync(async () =>
    {
        using IHost host = ConsoleHost.CreateReceiving(SettingsFiles.Read(Directory.GetCurrentDirectory()), configure, order);
        await ConsoleHost.StartAsync(host, cancellationToken);
        await host.WaitForShutdownAsync(cancellationToken);

        // A run that failed has stopped its host; awaiting the run throws its exception.
        await (host.Services.GetRequiredKeyedService<ReceiverService>("").ExecuteTask ?? Task.CompletedTask);
        return ExitCode.Stopped;
    });
}
