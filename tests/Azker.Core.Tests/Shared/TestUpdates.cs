using System.Text;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Shared;

internal static class TestUpdates
{
    public static byte[] Json(int id, long chat = 1, string text = "hi", DateTimeOffset? date = null) => Encoding.UTF8.GetBytes(
        $$$"""{"update_id":{{{id}}},"message":{"message_id":{{{id}}},"date":{{{date?.ToUnixTimeSeconds() ?? 1700000000}}},"chat":{"id":{{{chat}}},"type":"private"},"text":"{{{text}}}"}}""");

    public static ReceivedUpdate Message(int id, long chat = 1, string text = "hi", DateTimeOffset? date = null) =>
        ReceivedUpdate.Parse(Json(id, chat, text, date));
}
