using Azker.Core.Delivery.DeadLetters;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>The services of a command on dead letters, and a token that is cancelled on Ctrl+C.</summary>
internal sealed record DeadLetterSession(DeadLetterArchive DeadLetters, DeadLetterReplay Replay, CancellationToken StoppingToken)
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(CommandHost host, Func<DeadLetterSession, Task<int>> command, CancellationToken cancellationToken) =>
        host.RunAsync((bot, stoppingToken) => command(Create(bot.Receiver, stoppingToken)), cancellationToken);

    /// <summary>Finds a dead letter by its ID, or by the start of its ID.</summary>
    /// <exception cref="NoSuchDeadLetterException">No dead letter, or more than one, has this ID.</exception>
    public async Task<StoredDeadLetter> FindAsync(string id)
    {
        IReadOnlyList<StoredDeadLetter> found = await DeadLetters.FindAsync(id, StoppingToken);
        return found is [var letter] ? letter : throw new NoSuchDeadLetterException(id, found, DeadLetters.Location);
    }

    private static DeadLetterSession Create(IServiceProvider services, CancellationToken stoppingToken) => new(
        services.GetRequiredService<DeadLetterArchive>(),
        services.GetRequiredService<DeadLetterReplay>(),
        stoppingToken);
}
