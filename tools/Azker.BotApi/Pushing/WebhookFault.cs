namespace Azker.BotApi.Pushing;

/// <summary>A failure of a connection. getWebhookInfo shows its message.</summary>
internal sealed class WebhookFault(string message) : Exception(message);
