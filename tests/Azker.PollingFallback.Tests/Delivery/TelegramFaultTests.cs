using Azker.BotApi.Bots;
using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Delivery;

/// <summary>
/// What Telegram does to the handlers of a real console. One counted attempt would already make an update a dead letter here.
/// </summary>
public sealed class TelegramFaultTests : IAsyncLifetime
{
    private static readonly (string Name, string Value)[] OneAttempt = [("MAX_ATTEMPTS", "1")];

    private ConsoleFixture _fixture = null!;

    private BotAccount Bot => _fixture.Bot;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task After_an_outage_every_message_is_answered_once_and_in_order()
    {
        const int Chats = 20;
        int outage = _fixture.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "sendMessage" });
        ConsoleProcess console = _fixture.Start([], OneAttempt);
        foreach (int number in Enumerable.Range(0, 2 * Chats))
        {
            Write(5 + (number % Chats), number);
        }

        await Eventually.IsTrue(() => Hits(outage) > 2 * Chats, "the first message of each chat has failed again and again");
        _fixture.Server.Faults.Remove(outage);
        await StopWhenConfirmed(console);

        Assert.All(Enumerable.Range(0, Chats), chat => Assert.Equal([$"pong {chat}", $"pong {chat + Chats}"], _fixture.TextsTo(5 + chat)));
    }

    [Fact]
    public async Task A_user_who_blocked_the_bot_costs_one_call_and_a_line_in_the_log()
    {
        int blocked = Block(5);
        ConsoleProcess console = _fixture.Start([], OneAttempt);
        Write(5, 1);
        Write(6, 2);

        await StopWhenConfirmed(console);

        Assert.Equal(1, Hits(blocked));
        Assert.Equal(["pong 2"], Bot.Sent.Select(message => message.Text));
        Assert.Contains("would refuse it again: Forbidden: bot was blocked by the user", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_healthy_chat_is_answered_although_120_users_blocked_the_bot_and_no_more_than_3_dead_letters_are_kept()
    {
        int[] blocked = [.. Enumerable.Range(100, 120).Select(chat => Block(chat))];
        ConsoleProcess console = _fixture.Start([], [.. OneAttempt, ("DEAD_LETTER_MAX", "3")]);
        foreach (int chat in Enumerable.Range(100, 120))
        {
            Write(chat, chat);
        }

        Write(5, 5);
        await StopWhenConfirmed(console);

        Assert.Equal(["pong 5"], Bot.Sent.Select(message => message.Text));
        Assert.All(blocked, fault => Assert.Equal(1, Hits(fault)));
    }

    [Fact]
    public async Task A_flood_wait_is_obeyed_again_and_again_and_the_messages_of_the_chat_are_answered_in_order()
    {
        // The client library itself waits for the first two.
        int flood = _fixture.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "sendMessage", Chat = 5, RetryAfter = 1, Times = 4 });
        ConsoleProcess console = _fixture.Start([], OneAttempt);
        Write(5, 1);
        Write(5, 2);

        await StopWhenConfirmed(console);

        Assert.Equal(4, Hits(flood));
        Assert.Equal(["pong 1", "pong 2"], _fixture.TextsTo(5));
        Assert.InRange(Bot.Sent[0].At - Bot.Updates[0].EnqueuedAt, TimeSpan.FromSeconds(4), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_message_whose_answers_are_all_lost_is_answered_twice_at_most_and_the_next_message_follows()
    {
        _fixture.Server.Faults.Add(new Fault(FaultKind.NoAnswer) { Method = "sendMessage", Chat = 5, Times = 4 });
        ConsoleProcess console = _fixture.Start([], OneAttempt);
        foreach (int number in Enumerable.Range(1, 3))
        {
            Write(5, number);
        }

        await StopWhenConfirmed(console);

        Assert.Equal(["pong 1", "pong 1", "pong 2", "pong 2", "pong 3"], _fixture.TextsTo(5));
    }

    [Fact]
    public async Task A_command_is_answered_although_another_part_of_its_message_is_of_an_unknown_type()
    {
        string[] parts =
        [
            """ "forward_origin":{"type":"from_the_future","date":1} """,
            """ "forward_origin":{"date":1} """,
            """ "paid_media":{"star_count":1,"paid_media":[{"type":"from_the_future"}]} """,
            """ "external_reply":{"origin":{"type":"from_the_future","date":1}} """,
        ];
        ConsoleProcess console = _fixture.Start([], OneAttempt);
        foreach ((int number, string part) in parts.Index())
        {
            Bot.Enqueue($$$"""
                {"message":{"message_id":1,"date":{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}},"chat":{"id":{{{5 + number}}},"type":"private","first_name":"A"},
                {{{part}}},"text":"/ping {{{number}}}","entities":[{"type":"bot_command","offset":0,"length":5}]}}
                """);
        }

        await StopWhenConfirmed(console);

        Assert.Equal(parts.Index().Select(part => $"pong {part.Index}"), Bot.Sent.OrderBy(message => message.ChatId).Select(message => message.Text));
    }

    private void Write(long chat, int number) => Bot.EnqueueText(chat, 5, $"/ping {number}");

    private int Block(long chat) => _fixture.Server.Faults.Add(
        new Fault(FaultKind.Error) { Method = "sendMessage", Chat = chat, Status = 403, Text = "Forbidden: bot was blocked by the user" });

    private int Hits(int fault) => _fixture.Server.Faults.All.Single(record => record.Id == fault).Hits;

    /// <summary>Waits until all updates are settled, and stops the console. No update was given up on, and none is left.</summary>
    private async Task StopWhenConfirmed(ConsoleProcess console)
    {
        await _fixture.Confirmed();
        await Eventually.IsTrue(() => _fixture.FilesOf("parked").Count == 0, "no update is parked any more");
        Assert.Equal(0, await console.Stop());
        Assert.Empty(_fixture.FilesOf("dead-letters"));
    }
}
