namespace Azker.BotApi.Statistics;

/// <summary>Why an update left the queue.</summary>
public enum UpdateRemoval
{
    /// <summary>A getUpdates asked for a later offset.</summary>
    Confirmed,

    /// <summary>A webhook answered 2xx.</summary>
    Accepted,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>A negative offset, drop_pending_updates, logOut, a reset, or a webhook whose next try would come too late.</summary>
    Dropped,
}
