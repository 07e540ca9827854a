using Azker.BotApi.Bots;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Methods;

/// <summary>The methods by their name in lower case. The caller holds the bot's gate.</summary>
internal static class MethodTable
{
    private static readonly Dictionary<string, Func<BotAccount, ApiCall, Task<ApiAnswer>>> Methods = new()
    {
        ["getupdates"] = UpdateMethods.GetUpdates,
        ["setwebhook"] = UpdateMethods.ChangeWebhook,
        ["deletewebhook"] = UpdateMethods.ChangeWebhook,
        ["getwebhookinfo"] = Now((bot, _) => UpdateMethods.GetWebhookInfo(bot)),
        ["getme"] = Now((bot, _) => ApiAnswer.Ok(BotMethods.Me(bot))),
        ["close"] = Now((bot, _) => BotMethods.Close(bot)),
        ["logout"] = Now((bot, _) => BotMethods.LogOut(bot)),
        ["setmycommands"] = Now(CommandMethods.Set),
        ["getmycommands"] = Now(CommandMethods.Get),
        ["deletemycommands"] = Now(CommandMethods.Delete),
        ["sendmessage"] = Now(MessageMethods.Send),
        ["editmessagetext"] = Now(MessageMethods.EditText),
        ["deletemessage"] = Now(MessageMethods.Delete),
        ["sendchataction"] = Now(MessageMethods.SendAction),
        ["answercallbackquery"] = Now(MessageMethods.AnswerCallback),
    };

    public static Task<ApiAnswer> Call(BotAccount bot, ApiCall call) =>
        Methods.TryGetValue(call.Method, out Func<BotAccount, ApiCall, Task<ApiAnswer>>? method)
            ? method(bot, call)
            : Task.FromResult(ApiAnswer.Fail(404, "Not Found: method not found"));

    private static Func<BotAccount, ApiCall, Task<ApiAnswer>> Now(Func<BotAccount, ApiCall, ApiAnswer> method) =>
        (bot, call) => Task.FromResult(Answer(method, bot, call));

    private static ApiAnswer Answer(Func<BotAccount, ApiCall, ApiAnswer> method, BotAccount bot, ApiCall call)
    {
        try
        {
            return method(bot, call);
        }
        catch (CallRefusal refusal)
        {
            return ApiAnswer.Fail(400, $"Bad Request: {refusal.Message}");
        }
    }
}
