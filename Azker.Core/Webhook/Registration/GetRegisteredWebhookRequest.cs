using Telegram.Bot.Requests;

namespace Azker.Core.Webhook.Registration;

/// <summary><c>getWebhookInfo</c>, answered in the Bot API's own words.</summary>
internal sealed class GetRegisteredWebhookRequest() : RequestBase<RegisteredWebhook>("getWebhookInfo");
