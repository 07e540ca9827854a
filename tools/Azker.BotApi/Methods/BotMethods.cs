using System.Text.Json.Nodes;
using Azker.BotApi.Bots;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Methods;

/// <summary>The methods about the bot itself: getMe, close, logOut.</summary>
internal static class BotMethods
{
    public static JsonObject User(BotAccount bot) => new()
    {
        ["id"] = bot.Id % StandInToken.TestOffset,
        ["is_bot"] = true,
        ["first_name"] = $"Bot {bot.Id}",
        ["username"] = $"bot{bot.Id}_bot",
    };

    public static JsonObject Me(BotAccount bot)
    {
        JsonObject me = User(bot);
        me["can_join_groups"] = true;
        me["can_read_all_group_messages"] = false;
        me["supports_inline_queries"] = false;
        me["can_connect_to_business"] = false;
        me["has_main_web_app"] = false;
        return me;
    }

    public static ApiAnswer Close(BotAccount bot)
    {
        int wait = bot.Lifecycle.SecondsUntilClosable();
        if (wait > 0)
        {
            return ApiAnswer.TooManyRequests(wait);
        }

        bot.Parts.Polling.Finish();
        bot.Parts.Pushing.Pause();
        bot.Lifecycle.Close();
        return ApiAnswer.True;
    }

    public static ApiAnswer LogOut(BotAccount bot)
    {
        bot.Parts.Polling.Finish();
        bot.Parts.Webhook.Close(BotLifecycle.LoggedOut);
        bot.Parts.Queue.Clear(bot.Gate.Now);
        bot.Lifecycle.LogOut();
        return ApiAnswer.True;
    }
}
