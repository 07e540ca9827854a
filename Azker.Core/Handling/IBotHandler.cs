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
    /// Says, as quickly as <see cref="Accepts"/> and on the same instance, whether this handler takes long for an update that it accepts:
    /// longer than a few seconds. Azker then stores the update, confirms it to Telegram, and handles it afterwards.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <returns>Whether this handler takes long for the update; <see langword="false"/> unless the handler overrides this member.</returns>
    bool IsBackground(ReceivedUpdate update) => false;

    /// <summary>
    /// Handles an update. When this method throws, the class of the exception decides what follows (<see cref="Errors.ErrorClass"/>). When
    /// it does not end in time, Azker tries the update again, and keeps the update as a dead letter after <c>MAX_ATTEMPTS</c>. Azker handles
    /// the updates of a chat one after the other.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">
    /// Is cancelled when the time limit of the handler is over (<c>HANDLER_TIMEOUT</c>), when the program ends, and when the receiver
    /// lock is lost.
    /// </param>
    Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken);
}
