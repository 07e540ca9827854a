namespace Azker.Core.Polling;

/// <summary>A webhook that is not ours receives the bot's updates, and polling would take them from it.</summary>
public sealed class ForeignWebhookException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="webhook">The webhook's scheme, host and port; its path and query may hold a secret.</param>
    public ForeignWebhookException(string webhook)
        : base($"The bot's updates go to a webhook at {webhook}, which is not this instance's. It was left alone. "
            + "To poll all the same, which takes the updates away from it, start with --take-over; "
            + "if the webhook is yours, set WEBHOOK_URL to its URL.") =>
        Webhook = webhook;

    /// <summary>The webhook's scheme, host and port.</summary>
    public string Webhook { get; }
}
