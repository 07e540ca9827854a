namespace Azker.Core.Handling;

/// <summary>The updates that handlers of this instance are handling now.</summary>
/// <remarks>A handler takes this service by its constructor; the handler of a named bot gets the updates of its bot.</remarks>
public interface IRunningUpdates
{
    /// <summary>Lists the updates of a chat that are being handled, the oldest first.</summary>
    /// <param name="chatId">
    /// The chat's id. A callback query belongs to the chat of its message, and an update without a chat to the private chat of its user.
    /// </param>
    /// <returns>The updates; empty if none is being handled.</returns>
    IReadOnlyList<RunningUpdate> List(long chatId);

    /// <summary>Lists all updates that are being handled, the oldest first.</summary>
    /// <returns>The updates.</returns>
    IReadOnlyList<RunningUpdate> List();

    /// <summary>
    /// Cancels the token of the handler of an update. When the handler ends by that, the update counts as handled and is not tried again.
    /// </summary>
    /// <param name="updateId">The <c>update_id</c>.</param>
    /// <returns>Whether this instance was handling the update.</returns>
    bool Cancel(int updateId);
}
