using System.Globalization;
using Azker.Core.Handling.Commands;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Telegram.Bot.Types;

namespace Azker.Samples.Bot;

/// <summary>Shows the bot's version, uptime and state to any user, but no host, process or URL.</summary>
internal sealed class StatusCommand(ReceiverStatus status) : IBotCommand
{
    public string Name => "status";

    public string Description => "shows the version, the uptime and the state";

    public string Answer(Message message, string arguments) => string.Create(
        CultureInfo.InvariantCulture,
        $"Azker {AzkerVersion.Current}, up for {status.Uptime:d\\.hh\\:mm\\:ss}, {status.Settled} updates settled, {(status.IsReceiving ? "receiving" : "recovering")}.");
}
