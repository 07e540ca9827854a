using Azker.Core.Hosting;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Azker.PollingFallback.Commands;

/// <summary>Runs a command that does one task with the console's services, without receiving updates.</summary>
internal sealed class CommandHost(Action<IAzkerBuilder>? configure)
{
    /// <param name="command">The command; its token is cancelled on Ctrl+C.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(Func<AzkerBot, CancellationToken, Task<int>> command, CancellationToken cancellationToken) => CommandFault.CatchAsync(async () =>
    {
        using IHost host = ConsoleHost.CreateIdle(SettingsFiles.Read(Directory.GetCurrentDirectory()), Configure);
        await host.StartAsync(cancellationToken);
        CancellationToken stoppingToken = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            AzkerBot bot = host.Services.GetRequiredService<AzkerBot>();
            await bot.PrepareStorageAsync(stoppingToken);
            return await command(bot, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(Texts.CommandStopped);
            return ExitCode.Unexpected;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    });

    /// <summary>Sends the log to the standard error, since the command writes its result to the standard output.</summary>
    private void Configure(IAzkerBuilder azker)
    {
        azker.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        configure?.Invoke(azker);
    }
}
