using Azker.Core.Configuration;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Commands;

/// <summary><c>run</c>: takes the receiver lock and receives until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(bool standby, bool takeOver, bool dropPending, CancellationToken cancellationToken)
    {
        try
        {
            IConfiguration configuration = SettingsFiles.Read(Directory.GetCurrentDirectory());
            await RunAsync(configuration, Apply(AzkerOptions.Read(configuration), standby, takeOver, dropPending), cancellationToken);
            return ExitCode.Stopped;
        }
        catch (Exception error) when (CommandFault.CodeOf(error) is { } code)
        {
            await Console.Error.WriteLineAsync(CommandFault.Describe(error));
            return code;
        }
    }

    private static async Task RunAsync(IConfiguration configuration, AzkerOptions options, CancellationToken cancellationToken)
    {
        using IHost host = PollingHost.Create(configuration, options);
        await host.StartAsync(cancellationToken);
        try
        {
            IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            await host.Services.GetRequiredService<IConsoleRun>().RunAsync(lifetime.ApplicationStopping);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static AzkerOptions Apply(AzkerOptions options, bool standby, bool takeOver, bool dropPending)
    {
        options.DropPending = dropPending;
        options.Polling.TakeOver = takeOver;
        if (standby)
        {
            options.Polling.Standby = true;
        }

        return options;
    }
}
