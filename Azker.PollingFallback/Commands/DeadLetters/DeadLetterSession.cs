using Azker.Core.Delivery.DeadLetters;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>What a command on dead letters works with: the letters, and a token that is cancelled on Ctrl+C.</summary>
internal sealed record DeadLetterSession(DeadLetterArchive Letters, DeadLetterReplay Replay, CancellationToken StoppingToken)
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(CommandHost host, Func<DeadLetterSession, Task<int>> command, CancellationToken cancellationToken) =>
        host.RunAsync((bot, stoppingToken) => command(Create(bot.Receiver, stoppingToken)), cancellationToken);

    /// <summary>The letter of an id.</summary>
    /// <exception cref="NoSuchDeadLetterException">There is none, or more than one.</exception>
    public async Task<StoredDeadLetter> FindAsync(string id)
    {
        IReadOnlyList<StoredDeadLetter> found = await Letters.FindAsync(id, StoppingToken);
        return found is [var letter] ? letter : throw new NoSuchDeadLetterException(id, found, Letters.Location);
    }

    private static DeadLetterSession Create(IServiceProvider services, CancellationToken stoppingToken) => new(
        services.GetRequiredService<DeadLetterArchive>(),
        services.GetRequiredService<DeadLetterReplay>(),
        stoppingToken);
}
