namespace Azker.BotApi.Statistics;

/// <summary>Why an update left the queue.</summary>
public enum UpdateRemoval
{
    /// <summary>A getUpdates asked for a later offset.</summary>
    Confirmed,

    /// <summary>A webhook answered 2xx.</summary>
    Accepted,

    /// <summary>The lifetime of the update ended.</summary>
    Expired,

    /// <summary>
    /// A negative offset, drop_pending_updates, logOut or a reset dropped the update, or the next retry at a webhook would come after the
    /// end of its lifetime.
    /// </summary>
    Dropped,
}
