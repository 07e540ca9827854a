using Azker.Core.Updates;

namespace Azker.Core.Handling;

/// <summary>Handles some of a bot's updates.</summary>
/// <remarks>
/// Azker asks the handlers in the order of their registration. The first handler that accepts an update handles the update, in a
/// dependency injection scope of that update. <see cref="Accepts"/> and <see cref="HandleAsync"/> run on different instances: Azker asks <see cref="Accepts"/> of one instance
/// that lives as long as the bot, so that an update constructs no handler but the one that handles it.
/// </remarks>
public interface IBotHandler
{
    /// <summary>
    /// Says, quickly and without side effects, whether this handler handles an update. Several threads may call it at once, on an
    /// instance that lives as long as the bot; so it reads no state of a scope, such as a database context.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <returns>Whether this handler handles the update.</returns>
    bool Accepts(ReceivedUpdate update);

    /// <summary>
    /// Handles an update. Azker tries the update again when this method throws or does not end in time, and keeps the update as a
    /// dead letter after <c>MAX_ATTEMPTS</c>. Azker handles the updates of a chat one after the other.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">
    /// Is cancelled when the time limit of the handler is over (<c>HANDLER_TIMEOUT</c>), when the program ends, and when the receiver
    /// lock is lost.
    /// </param>
    Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken);
}
