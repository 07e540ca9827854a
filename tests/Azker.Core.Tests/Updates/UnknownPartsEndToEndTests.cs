using System.Text.Json.Nodes;
using Azker.Core.Tests.Polling;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Updates;

/// <summary>Messages with parts of types that the client library does not know, and a bot that needs the text alone.</summary>
public sealed class UnknownPartsEndToEndTests : IAsyncLifetime
{
    private static readonly string[] Parts =
    [
        """{"forward_origin":{"type":"hologram","date":1600000000}}""",
        """{"forward_origin":{"date":1600000000}}""",
        """{"paid_media":{"star_count":1,"paid_media":[{"type":"hologram"}]}}""",
        """{"paid_media":{"star_count":1,"paid_media":[{}]}}""",
        """{"rich_message":{"blocks":[{"type":"hologram"}]}}""",
        """{"rich_message":{"blocks":[{}]}}""",
        """{"hologram":{"reactions":[{"type":"hologram"}]},"chat_background_set":{"type":{"type":"hologram"}}}""",
        """{"reply_to_message":{"message_id":1,"date":1600000000,"chat":@chat,"external_reply":{"origin":{}}}}""",
    ];

    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync() => _polling = await PollingFixture.CreateAsync();

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Fact]
    public async Task A_command_is_answered_though_another_part_of_its_message_cannot_be_read()
    {
        foreach (string part in Parts)
        {
            JsonNode message = SampleUpdates.Message(part)["message"]!;
            message["entities"] = JsonNode.Parse("""[{"type":"bot_command","offset":0,"length":5}]""");
            message["date"] = _polling.Time.GetUtcNow().ToUnixTimeSeconds();
            Assert.NotNull(_polling.Bot.Enqueue(new JsonObject { ["message"] = message.DeepClone() }.ToJsonString()));
        }

        _ = _polling.Start();
        await Eventually.IsTrue(() => _polling.Bot.Statistics.Pending == 0, "all updates are confirmed");

        Assert.DoesNotContain(_polling.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal(Parts.Select(_ => "pong"), _polling.Bot.Sent.Select(message => message.Text));
        Assert.False(Directory.Exists(Path.Combine(_polling.DataDirectory, "dead-letters")));
    }
}
