using Azker.BotApi.Faults;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests;

/// <summary>Errors of the Bot API that handlers of the console meet.</summary>
public sealed class HandlerErrorTests : IAsyncLifetime
{
    private const long Group = -5;
    private const long Supergroup = -1_000_000_000_005;

    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_message_of_a_group_that_became_a_supergroup_is_answered_in_the_supergroup_with_one_more_call()
    {
        _fixture.Server.Faults.Add(new Fault(FaultKind.ChatMigrated) { Method = "sendMessage", Chat = Group, MigrateTo = Supergroup });
        ConsoleProcess console = _fixture.Start([]);
        _fixture.Bot.EnqueueText(Group, 7, "/ping 1");

        await console.Says($"The group {Group} became the supergroup {Supergroup}, so sendMessage is sent to the supergroup.");
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "the update is settled");
        Assert.Equal(0, await console.Stop());

        Assert.Equal((Supergroup, "pong 1"), (Assert.Single(_fixture.Bot.Sent).ChatId, _fixture.Bot.Sent[0].Text));
        Assert.Equal(1, Assert.Single(_fixture.Server.Faults.All).Hits);
        Assert.Equal(UpdateRemoval.Confirmed, Assert.Single(_fixture.Bot.Updates).Removal);
    }
}
