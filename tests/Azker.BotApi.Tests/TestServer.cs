using Azker.BotApi.Bots;
using Microsoft.Extensions.Time.Testing;

namespace Azker.BotApi.Tests;

/// <summary>A server in virtual time with one bot, and a client for it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Token = "123456:TEST-0123456789abcdefghijk";

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private TestServer(FakeTimeProvider time, BotApiServer server) => (Time, Server, Bot) = (time, server, server.Bot(Token));

    public FakeTimeProvider Time { get; }

    public BotApiServer Server { get; }

    public BotAccount Bot { get; }

    public HttpClient Http { get; } = new();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestServer> StartAsync(BotApiServerOptions? options = null)
    {
        var time = new FakeTimeProvider(Start);
        return new TestServer(time, await BotApiServer.StartAsync(options ?? new BotApiServerOptions(), time, Cancellation));
    }

    public string Url(string call, int port = 0, string token = Token) => $"{Server.Urls[port]}/bot{token}/{call}";

    public Task<Answer> CallAsync(string call, int port = 0, string token = Token) => GetAsync(Url(call, port, token));

    public async Task<Answer> GetAsync(string url) => await Answer.ReadAsync(await Http.GetAsync(url, Cancellation));

    public async Task<Answer> PostAsync(string call, HttpContent content) =>
        await Answer.ReadAsync(await Http.PostAsync(Url(call), content, Cancellation));

    /// <summary>Starts a long poll and returns when the poll waits.</summary>
    public async Task<PendingCall> PollAsync(string arguments = "timeout=50", int port = 0)
    {
        long polls = Bot.Statistics.Polls;
        Task<Answer> answer = CallAsync($"getUpdates?{arguments}", port);
        await UntilAsync(bot => bot.Statistics is { WaitingPoll: not null } now && now.Polls > polls);
        return new PendingCall(answer);
    }

    public async Task UntilAsync(Func<BotAccount, bool> condition)
    {
        using var deadline = new CancellationTokenSource(MaxWait, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, Cancellation);
        await Bot.WaitUntilAsync(condition, either.Token);
    }

    public async Task<int[]> UpdateIdsAsync(string arguments) => (await CallAsync($"getUpdates?{arguments}")).UpdateIds;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Wraps the answer, so that a caller that awaits the start does not await the answer.</summary>
    internal sealed record PendingCall(Task<Answer> Answer);
}
