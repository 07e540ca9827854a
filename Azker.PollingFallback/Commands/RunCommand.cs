using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Receiving;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Settings;
using Azker.PollingFallback.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
        catch (Exception error) when (CodeOf(error) is { } code)
        {
            await Console.Error.WriteLineAsync(Describe(error));
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

    private static AzkerOptions Apply(AzkerOptions options, bool standby, bool takeOver, bool dropPending) => options with
    {
        DropPending = dropPending,
        Polling = options.Polling with { Standby = options.Polling.Standby || standby, TakeOver = takeOver },
    };

    private static int? CodeOf(Exception error) => error switch
    {
        OptionsValidationException or SettingsFileException or ListenException or BotApiRejectedException => ExitCode.Misconfigured,
        InstanceLockHeldException or ForeignWebhookException => ExitCode.HeldByOther,
        InstanceLockLostException => ExitCode.LockLost,
        InstanceLockException => ExitCode.NoPermission,
        _ => null,
    };

    private static string Describe(Exception error) => error is OptionsValidationException faults
        ? $"""
            Azker cannot start; {(faults.Failures.Count() == 1 ? "a setting is" : "some settings are")} faulty:
              {string.Join("\n  ", faults.Failures)}
            Set them in the environment, in .env or in local.settings.json; README.md lists all of them.
            To see Azker at work without a token: dotnet run --project demo
            """
        : error.Message;
}
