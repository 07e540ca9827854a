using System.CommandLine;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Webhook.Registration;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands;

/// <summary><c>logout</c> and <c>close</c>: end the bot's session at a Bot API server, before the bot moves to another server.</summary>
internal static class ServerCommands
{
    public static Command CreateLogout(CommandHost host)
    {
        var dropPending = new Option<bool>("--drop-pending") { Description = Texts.LogoutDropOption };
        var logout = new Command("logout", Texts.LogoutDescription) { dropPending };
        logout.SetAction((result, cancellationToken) => host.RunAsync((bot, token) => LogOutAsync(bot, result.GetValue(dropPending), token), cancellationToken));
        return logout;
    }

    public static Command CreateClose(CommandHost host)
    {
        var close = new Command("close", Texts.CloseDescription);
        close.SetAction((_, cancellationToken) => host.RunAsync(CloseAsync, cancellationToken));
        return close;
    }

    private static async Task<int> LogOutAsync(AzkerBot bot, bool dropPending, CancellationToken cancellationToken)
    {
        int pending = (await bot.Receiver.GetRequiredService<WebhookRegistration>().GetAsync(cancellationToken)).PendingUpdateCount;
        if (pending > 0 && !dropPending)
        {
            await Console.Error.WriteLineAsync(
                Texts.FormatLogoutPending(pending));
            return ExitCode.Unexpected;
        }

        await RunAsync(bot, (session, handle) => session.LogOutAsync(handle, cancellationToken), cancellationToken);
        await Console.Out.WriteLineAsync(
            Texts.FormatLogoutDone(ServerOf(bot), SettingNames.TelegramApiUrl));
        return ExitCode.Stopped;
    }

    private static async Task<int> CloseAsync(AzkerBot bot, CancellationToken cancellationToken)
    {
        await RunAsync(bot, (session, handle) => session.CloseAsync(handle, cancellationToken), cancellationToken);
        await Console.Out.WriteLineAsync(Texts.FormatCloseDone(ServerOf(bot), SettingNames.TelegramApiUrl));
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
