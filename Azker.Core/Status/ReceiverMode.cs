namespace Azker.Core.Status;

/// <summary>How a bot's updates are received.</summary>
public enum ReceiverMode
{
    /// <summary>By <c>getUpdates</c>.</summary>
    Polling,

    /// <summary>Telegram pushes them.</summary>
    Webhook,
}
