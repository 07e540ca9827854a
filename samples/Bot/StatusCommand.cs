using System.Globalization;
using Azker.Core.Handling.Commands;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Telegram.Bot.Types;

namespace Azker.Samples.Bot;

/// <summary>Says how the bot is. It tells nothing that a stranger must not know: no host, no process, no URL.</summary>
internal sealed class StatusCommand(ReceiverStatus status) : IBotCommand
{
    public string Name => "status";

    public string Description => "says how I am";

    public string Answer(Message message, string arguments) => string.Create(
        CultureInfo.InvariantCulture,
        $"Azker {AzkerVersion.Current}, up for {status.Uptime:d\\.hh\\:mm\\:ss}, {status.Settled} updates settled, {(status.IsReceiving ? "receiving" : "recovering")}.");
}
