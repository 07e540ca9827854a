using System.Text.Json;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests;

public sealed class LogFormatTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task With_LOG_FORMAT_json_each_line_is_an_object_with_an_id_and_the_lines_of_an_update_have_its_scope()
    {
        ConsoleProcess console = _fixture.StartTestBot(("LOG_FORMAT", "json"), ("MAX_ATTEMPTS", "1"));
        await console.Receives();
        int? id = _fixture.Bot.EnqueueText(5, 5, "fail");
        await _fixture.Confirmed();
        Assert.Equal(0, await console.Stop());

        JsonElement[] lines = [.. console.Output.Split('\n').Select(line => JsonElement.Parse(line))];
        Assert.All(lines, line => Assert.True(line.GetProperty("EventId").GetInt32() > 0, $"{line}"));
        Assert.All(lines, line => Assert.EndsWith("Z", line.GetProperty("Timestamp").GetString(), StringComparison.Ordinal));
        Assert.Contains(lines, line => line.GetProperty("EventId").GetInt32() == 2001);
        JsonElement letter = Assert.Single(lines, line => line.GetProperty("EventId").GetInt32() == 4101);
        Assert.Contains(letter.GetProperty("Scopes").EnumerateArray(), scope =>
            scope.TryGetProperty("update_id", out JsonElement update)
            && update.GetInt32() == id
            && scope.GetProperty("update_kind").GetString() == "message"
            && scope.GetProperty("receive_mode").GetString() == "polling");
    }

    [Fact]
    public async Task The_line_of_a_failed_attempt_is_one_line_with_the_code_of_the_bot_alone()
    {
        ConsoleProcess console = _fixture.StartTestBot();
        await console.Receives();
        _fixture.Bot.EnqueueText(5, 5, "fail");
        await console.Says("failed (attempt 1 of 5)");
        await console.Stop();

        string line = Assert.Single(console.Output.Split('\n'), line => line.Contains("failed (attempt 1 of 5)", StringComparison.Ordinal));
        Assert.Contains(
            "System.InvalidOperationException: The message asks for a failure.    at Azker.TestBot.ScriptedHandler.HandleAsync(", line, StringComparison.Ordinal);
        Assert.DoesNotContain("at Azker.Core.", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_LOG_FORMAT_is_a_fault_at_the_start()
    {
        ConsoleProcess console = _fixture.Start([], ("LOG_FORMAT", "xml"));

        Assert.Equal(78, await console.Exit());
        Assert.Contains("  LOG_FORMAT: 'xml' is neither text nor json; leave it out for text.", console.Errors, StringComparison.Ordinal);
    }
}
