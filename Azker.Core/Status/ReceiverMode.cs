namespace Azker.Core.Status;

/// <summary>How a bot's updates are received.</summary>
public enum ReceiverMode
{
    /// <summary>A poller gets them with <c>getUpdates</c>.</summary>
    Polling,

    /// <summary>Telegram pushes them to the webhook.</summary>
    Webhook,
}
