using Azker.BotApi.Bots;
using Azker.BotApi.Polling;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Methods;

/// <summary>The methods that receive updates: getUpdates and the methods of the webhook.</summary>
internal static class UpdateMethods
{
    public static async Task<ApiAnswer> GetUpdates(BotAccount bot, ApiCall call)
    {
        PollRequest request = PollRequest.From(call.Arguments);
        PollTrace trace = bot.Parts.Recorder.Poll(bot.Gate.Now, call.Caller, request.Offset);
        ApiAnswer answer = await Poll(bot, call, request);
        bot.Gate.Run(() => trace.Answer(bot.Gate.Now, answer.Status));
        return answer;
    }

    public static Task<ApiAnswer> ChangeWebhook(BotAccount bot, ApiCall call) => bot.Parts.Webhook.Change(call);

    public static ApiAnswer GetWebhookInfo(BotAccount bot) =>
        ApiAnswer.Ok(WebhookInfo.Of(bot.Parts.Webhook, bot.Parts.Queue, bot.Parts.Intake.Allowed));

    private static Task<ApiAnswer> Poll(BotAccount bot, ApiCall call, PollRequest request)
    {
        if (bot.Parts.Webhook.IsActive)
        {
            return bot.Parts.Conflicts.AnswerAsync(Conflicts.WebhookIsActive, call.Caller);
        }

        bot.Parts.Intake.Allow(call.Arguments);
        return bot.Parts.Polling.Poll(request, call.Caller);
    }
}
