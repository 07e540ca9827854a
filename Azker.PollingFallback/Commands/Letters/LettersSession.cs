using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Azker.PollingFallback.Commands.Letters;

/// <summary>What a command on dead letters works with: the letters, and a token that falls on Ctrl+C.</summary>
internal sealed record LettersSession(DeadLetters Letters, DeadLetterReplay Replay, CancellationToken StoppingToken)
{
    /// <summary>Puts the host together, without receiving, and runs a command in it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<LettersSession, Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            IConfiguration configuration = SettingsFiles.Read(Directory.GetCurrentDirectory());
            using IHost host = PollingHost.Create(configuration, AzkerOptions.Read(configuration), LogToStandardError);
            await host.StartAsync(cancellationToken);
            LettersSession session = Create(host.Services);
            try
            {
                return await command(session);
            }
            catch (OperationCanceledException) when (session.StoppingToken.IsCancellationRequested)
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

    /// <summary>The letter of an id.</summary>
    /// <exception cref="NoSuchLetterException">There is none, or more than one.</exception>
    public async Task<StoredDeadLetter> FindAsync(string id)
    {
        IReadOnlyList<StoredDeadLetter> found = await Letters.FindAsync(id, StoppingToken);
        return found is [var letter] ? letter : throw new NoSuchLetterException(id, found, Letters.Place);
    }

    private static LettersSession Create(IServiceProvider services) => new(
        services.GetRequiredService<DeadLetters>(),
        services.GetRequiredService<DeadLetterReplay>(),
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    /// <summary>The standard output is the command's own.</summary>
    private static void LogToStandardError(IServiceCollection services) =>
        services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
