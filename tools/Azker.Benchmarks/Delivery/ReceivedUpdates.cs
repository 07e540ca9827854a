using System.Text;
using Azker.Core.Updates;

namespace Azker.Benchmarks.Delivery;

/// <summary>Makes updates as Telegram sends them.</summary>
internal static class ReceivedUpdates
{
    public static ReceivedUpdate Message(int id, int chat, string text) => ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(FormattableString.Invariant(
        $$$"""{"update_id":{{{id}}},"message":{"message_id":{{{id}}},"date":1700000000,"chat":{"id":{{{5 + chat}}},"type":"private"},"text":"{{{text}}}"}}""")));
}
