using Azker.BotApi.Bots;
using Azker.BotApi.Polling;
using Azker.BotApi.Requests;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Methods;

internal static class UpdateMethods
{
    public static Task<ApiAnswer> GetUpdates(Bot bot, ApiCall call)
    {
        if (bot.Parts.Webhook.IsActive)
        {
            return bot.Parts.Conflicts.AnswerAsync(Conflicts.WebhookIsActive, call.Caller);
        }

        bot.Parts.Intake.Allow(call.Arguments);
        return bot.Parts.Polling.Poll(PollRequest.From(call.Arguments), call.Caller);
    }

    public static Task<ApiAnswer> ChangeWebhook(Bot bot, ApiCall call) => bot.Parts.Webhook.Change(call);

    public static ApiAnswer GetWebhookInfo(Bot bot) =>
        ApiAnswer.Ok(WebhookInfo.Of(bot.Parts.Webhook, bot.Parts.Queue, bot.Parts.Intake.Allowed));
}
