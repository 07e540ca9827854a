using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>Keeps the menu of commands, which Telegram shows to users, equal to the registered commands.</summary>
internal sealed partial class BotCommandMenu(ITelegramBotClient client, ILogger<BotCommandMenu> logger)
{
    /// <summary>Sets the menu if it differs. A failure is logged: the bot works without the menu.</summary>
    /// <param name="commands">The registered commands; without any, the menu stays as it is.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task SetAsync(IReadOnlyList<BotCommandEntry> commands, CancellationToken cancellationToken)
    {
        if (commands.Count == 0)
        {
            return;
        }

        try
        {
            BotCommand[] menu = await client.GetMyCommands(cancellationToken: cancellationToken);
            if (!menu.Select(command => (command.Command, command.Description)).SequenceEqual(commands.Select(command => (command.Name, command.Description))))
            {
                await client.SetMyCommands(commands.Select(command => new BotCommand(command.Name, command.Description)), cancellationToken: cancellationToken);
                Log.Set(logger, commands.Count);
            }
        }
        catch (RequestException error)
        {
            Log.NotSet(logger, error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6021, LogLevel.Information, "The menu of commands is set (commands: {Commands}).")]
        public static partial void Set(ILogger logger, int commands);

        [LoggerMessage(6022, LogLevel.Warning, "The menu of commands was not set, because getMyCommands or setMyCommands failed: {Reason} The next start tries again.")]
        public static partial void NotSet(ILogger logger, string reason);
    }
}
