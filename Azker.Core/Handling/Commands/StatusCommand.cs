using System.Globalization;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>Tells nothing that a stranger must not know: no host, no process, no URL.</summary>
internal sealed class StatusCommand(ReceiverStatus status) : IBotCommand
{
    public string Name => "status";

    public string Description => "says how I am";

    public string Answer(Message message, string arguments) => string.Create(
        CultureInfo.InvariantCulture,
        $"Azker {AzkerVersion.Current}, up for {status.Uptime:d\\.hh\\:mm\\:ss}, {status.Settled} updates settled, {(status.IsReceiving ? "all is well" : "just recovering")}.");
}
