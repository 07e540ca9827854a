namespace Azker.BotApi.Pushing;

/// <summary>A connection failed in a way that getWebhookInfo shows with this text.</summary>
internal sealed class WebhookFault(string message) : Exception(message);
