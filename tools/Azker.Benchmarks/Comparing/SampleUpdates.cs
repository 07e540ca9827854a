using System.Globalization;
using System.Text;

namespace Azker.Benchmarks.Comparing;

/// <summary>Makes text messages as Telegram sends them, of about 300 bytes or of about 20 kB.</summary>
internal static class SampleUpdates
{
    public const int FirstId = 100_000_000;

    private static readonly string LongText = string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", 90));

    private static readonly string Entities = string.Join(',', Enumerable.Range(0, 90)
        .Select(index => string.Create(CultureInfo.InvariantCulture, $$"""{"offset":{{index * 45}},"length":9,"type":"bold"}""")));

    private static readonly string Keyboard = string.Join(',', Enumerable.Range(0, 60)
        .Select(index => string.Create(CultureInfo.InvariantCulture, $$"""[{"text":"Choice {{index}}","callback_data":"choice-{{index}}"}]""")));

    public static string Message(int number, int chats) => Message(number, chats, "Hello, this is an ordinary text message.");

    public static string LargeMessage(int number, int chats) => Message(
        number,
        chats,
        LongText,
        $$$""","entities":[{{{Entities}}}],"reply_to_message":{"message_id":1,"date":1700000000,"chat":{"id":1,"type":"private","first_name":"Ann"},"text":"{{{LongText}}}"},"reply_markup":{"inline_keyboard":[{{{Keyboard}}}]}""");

    public static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);

    private static string Message(int number, int chats, string text, string more = "")
    {
        int chat = 1_000_000 + (number % chats);
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"update_id":{{{FirstId + number}}},"message":{"message_id":{{{number + 1}}},"from":{"id":{{{chat}}},"is_bot":false,"first_name":"Ann","username":"ann_example","language_code":"en"},"chat":{"id":{{{chat}}},"first_name":"Ann","username":"ann_example","type":"private"},"date":1700000000,"text":"{{{text}}}"{{{more}}}}}
            """);
    }
}
