using Azker.Core.Configuration;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Azker.PollingFallback.Commands;

/// <summary>Runs a command that does one thing and ends: with the console's services, and without receiving.</summary>
internal static class CommandHost
{
    /// <param name="command">The command; its token falls on Ctrl+C.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            IConfiguration configuration = SettingsFiles.Read(Directory.GetCurrentDirectory());
            using IHost host = PollingHost.Create(configuration, AzkerOptions.Read(configuration), LogToStandardError);
            await host.StartAsync(cancellationToken);
            CancellationToken stoppingToken = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            try
            {
                return await command(host.Services, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("Stopped before it was done.");
                return ExitCode.Unexpected;
            }
            finally
            {
                await host.StopAsync(CancellationToken.None);
            }
        }
        catch (Exception error) when (CommandFault.CodeOf(error) is { } code)
        {
            await Console.Error.WriteLineAsync(CommandFault.Describe(error));
            return code;
        }
    }

    /// <summary>The standard output is the command's own.</summary>
    private static void LogToStandardError(IServiceCollection services) =>
        services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
