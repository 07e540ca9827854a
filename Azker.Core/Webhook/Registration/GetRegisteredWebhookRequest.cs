using Telegram.Bot.Requests;

namespace Azker.Core.Webhook.Registration;

/// <summary><c>getWebhookInfo</c>, with an answer that keeps the Bot API's own names.</summary>
internal sealed class GetRegisteredWebhookRequest() : RequestBase<RegisteredWebhook>("getWebhookInfo");
