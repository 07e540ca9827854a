using System.Text;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Shared;

internal static class TestUpdates
{
    public static byte[] Json(int id, long chat = 1, string text = "hi") => Encoding.UTF8.GetBytes(
        $$$"""{"update_id":{{{id}}},"message":{"message_id":{{{id}}},"date":1700000000,"chat":{"id":{{{chat}}},"type":"private"},"text":"{{{text}}}"}}""");

    public static ReceivedUpdate Message(int id, long chat = 1, string text = "hi") => ReceivedUpdate.Parse(Json(id, chat, text));
}
