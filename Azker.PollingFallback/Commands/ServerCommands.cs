using System.CommandLine;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands;

/// <summary><c>logout</c> and <c>close</c>: end the bot's session at a Bot API server, before the bot moves to another server.</summary>
internal static class ServerCommands
{
    public static Command CreateLogout(CommandHost host)
    {
        var dropPending = new Option<bool>("--drop-pending") { Description = "Log out although updates are pending. The server drops them." };
        var logout = new Command("logout", "Logs the bot out of the Bot API server, and deletes its webhook, before the bot moves to your own server. Fails while another instance holds the receiver lock.") { dropPending };
        logout.SetAction((result, cancellationToken) => host.RunAsync((bot, token) => LogOutAsync(bot, result.GetValue(dropPending), token), cancellationToken));
        return logout;
    }

    public static Command CreateClose(CommandHost host)
    {
        var close = new Command("close", "Closes the bot at your own Bot API server, and deletes its webhook, before the bot moves to another server of yours. Fails while another instance holds the receiver lock.");
        close.SetAction((_, cancellationToken) => host.RunAsync(CloseAsync, cancellationToken));
        return close;
    }

    private static async Task<int> LogOutAsync(AzkerBot bot, bool dropPending, CancellationToken cancellationToken)
    {
        int pending = (await bot.Receiver.GetRequiredService<WebhookRegistration>().GetAsync(cancellationToken)).PendingUpdateCount;
        if (pending > 0 && !dropPending)
        {
            await Console.Error.WriteLineAsync(
                $"The bot was not logged out: {pending} updates are pending, and the server would drop them. Let the bot handle them first, or add --drop-pending.");
            return ExitCode.Unexpected;
        }

        await RunAsync(bot, (session, handle) => session.LogOutAsync(handle, cancellationToken), cancellationToken);
        await Console.Out.WriteLineAsync(
            $"The bot is logged out of {ServerOf(bot)}. Set {SettingNames.TelegramApiUrl} to the URL of your own server. Telegram's own server serves the bot again after 10 minutes.");
        return ExitCode.Stopped;
    }

    private static async Task<int> CloseAsync(AzkerBot bot, CancellationToken cancellationToken)
    {
        await RunAsync(bot, (session, handle) => session.CloseAsync(handle, cancellationToken), cancellationToken);
        await Console.Out.WriteLineAsync($"The bot is closed at {ServerOf(bot)}. Set {SettingNames.TelegramApiUrl} to the URL of the other server.");
        return ExitCode.Stopped;
    }

    /// <summary>Deletes the webhook first: otherwise the server would start the bot again.</summary>
    private static Task<bool> RunAsync(
        AzkerBot bot, Func<BotServerSession, IInstanceLockHandle, Task> end, CancellationToken cancellationToken) => LockedCommand.RunAsync(
            bot,
            async handle =>
            {
                await bot.Receiver.GetRequiredService<PollingPrecondition>().EnsureNoWebhookAsync(handle, cancellationToken);
                await end(bot.Receiver.GetRequiredService<BotServerSession>(), handle);
                return true;
            },
            cancellationToken);

    private static string ServerOf(AzkerBot bot) => bot.Options.Bot.ApiUrl.GetLeftPart(UriPartial.Authority);
}
