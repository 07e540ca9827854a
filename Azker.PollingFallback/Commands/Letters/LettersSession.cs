using Azker.Core.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Letters;

/// <summary>What a command on dead letters works with: the letters, and a token that falls on Ctrl+C.</summary>
internal sealed record LettersSession(DeadLetters Letters, DeadLetterReplay Replay, CancellationToken StoppingToken)
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(Func<LettersSession, Task<int>> command, CancellationToken cancellationToken) =>
        CommandHost.RunAsync((services, stoppingToken) => command(Create(services, stoppingToken)), cancellationToken);

    /// <summary>The letter of an id.</summary>
    /// <exception cref="NoSuchLetterException">There is none, or more than one.</exception>
    public async Task<StoredDeadLetter> FindAsync(string id)
    {
        IReadOnlyList<StoredDeadLetter> found = await Letters.FindAsync(id, StoppingToken);
        return found is [var letter] ? letter : throw new NoSuchLetterException(id, found, Letters.Place);
    }

    private static LettersSession Create(IServiceProvider services, CancellationToken stoppingToken) => new(
        services.GetRequiredService<DeadLetters>(),
        services.GetRequiredService<DeadLetterReplay>(),
        stoppingToken);
}
