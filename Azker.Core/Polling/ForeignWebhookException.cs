namespace Azker.Core.Polling;

/// <summary>A webhook that is not ours receives the bot's updates, and polling would take the updates from it.</summary>
public sealed class ForeignWebhookException : Exception
{
    /// <param name="webhook">The webhook's scheme, host and port; its path and query may hold a secret.</param>
    internal ForeignWebhookException(string webhook)
        : base($"The bot's updates go to a webhook at {webhook}, which is not WEBHOOK_URL. The webhook was not changed. "
            + "If the webhook is yours, set WEBHOOK_URL to its URL. "
            + "To delete the webhook and poll instead, start with --take-over.") =>
        Webhook = webhook;

    /// <summary>The webhook's scheme, host and port.</summary>
    public string Webhook { get; }
}
