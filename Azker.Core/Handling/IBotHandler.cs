using Azker.Core.Updates;

namespace Azker.Core.Handling;

/// <summary>
/// Handles some of the updates. Handlers are asked in the order of their registration, and the first that accepts an
/// update handles it, in a dependency injection scope of the update's own.
/// </summary>
public interface IBotHandler
{
    /// <summary>Says, quickly and without side effects, whether this handler handles an update.</summary>
    /// <param name="update">The update.</param>
    /// <returns>Whether this handler handles it.</returns>
    bool Accepts(ReceivedUpdate update);

    /// <summary>
    /// Handles an update. When this throws, or does not end in time, the update is tried again, and after
    /// <c>MAX_ATTEMPTS</c> becomes a dead letter. Updates of one chat come one after the other.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">
    /// Falls when the handler's time is up (<c>HANDLER_TIMEOUT</c>), when the program ends, and when the receiver lock is
    /// lost.
    /// </param>
    Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken);
}
