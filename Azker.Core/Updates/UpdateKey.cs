namespace Azker.Core.Updates;

/// <summary>
/// The ordering key of an update. Updates with equal keys are handled one after the other, in the order of their arrival, as
/// the Bot API server itself delivers them to a webhook (tdlib/telegram-bot-api, Client.cpp, add_update).
/// </summary>
/// <param name="Id">The id of the chat, user or poll; the update's own id if the update has no ordering key.</param>
/// <param name="Space">The kind of the id: two updates of the same user may belong to different queues.</param>
internal readonly record struct UpdateKey(long Id, int Space)
{
    /// <summary>The key of an update that waits for no other update.</summary>
    public static UpdateKey Own(int updateId) => new(updateId, UpdateKind.Unordered);
}
