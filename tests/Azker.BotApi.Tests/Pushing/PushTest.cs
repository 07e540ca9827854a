using System.Globalization;
using System.Net;
using Azker.BotApi.Bots;
using Azker.BotApi.Statistics;
using Microsoft.Extensions.Time.Testing;

namespace Azker.BotApi.Tests.Pushing;

/// <summary>A server as with <c>--local</c> in virtual time, and the receiver at its bot's webhook.</summary>
internal sealed class PushTest : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private PushTest(TestServer server, WebhookReceiver receiver) => (Server, Receiver) = (server, receiver);

    public TestServer Server { get; }

    public WebhookReceiver Receiver { get; }

    public BotAccount Bot => Server.Bot;

    public FakeTimeProvider Time => Server.Time;

    /// <summary>Sets the webhook, unless the arguments are null.</summary>
    public static async Task<PushTest> StartAsync(string? arguments = "", WebhookReceiver? receiver = null)
    {
        receiver ??= new WebhookReceiver();
        var hosts = new Dictionary<string, IPEndPoint> { ["bot.example.com"] = receiver.EndPoint };
        var test = new PushTest(await TestServer.StartAsync(new BotApiServerOptions { Local = true, Hosts = hosts }), receiver);
        if (arguments is not null)
        {
            await test.SetAsync(receiver.Url, arguments);
        }

        return test;
    }

    public async Task SetAsync(string url, string arguments = "")
    {
        Time.Advance(Second);
        Assert.Equal("Webhook was set", (await Server.CallAsync($"setWebhook?url={url}{arguments}")).Description);
    }

    public int Enqueue(long chat) => Bot.EnqueueText(chat, 1, "a")!.Value;

    /// <summary>Advances the clock step by step until other threads have brought about the condition.</summary>
    public Task AdvanceUntilAsync(TimeSpan step, Func<bool> condition) => Deadline.PollUntilAsync(() =>
    {
        if (condition())
        {
            return true;
        }

        Time.Advance(step);
        return condition();
    });

    /// <summary>Accepts one update, so that the webhook counts as active.</summary>
    public async Task ActivateAsync()
    {
        int id = Enqueue(1_000_000);
        Assert.Equal([id], await Receiver.AcceptAsync(1));
        await Server.UntilAsync(_ => Record(id).Removal is not null);
    }

    /// <summary>Waits until an update waits for its next retry.</summary>
    public async Task<WebhookRetry> RetryAsync(int failures = 1)
    {
        await Server.UntilAsync(bot => bot.Webhook.Retries.Any(retry => retry.Failures == failures));
        return Bot.Webhook.Retries.First(retry => retry.Failures == failures);
    }

    public UpdateRecord Record(int updateId) => Bot.Updates.Single(update => update.UpdateId == updateId);

    public Task UntilRemovedAsync(int updateId) => Server.UntilAsync(_ => Record(updateId).Removal is not null);

    /// <summary>Reads a property of getWebhookInfo, or null without it.</summary>
    public async Task<string?> InfoAsync(string property) =>
        (await Server.CallAsync("getWebhookInfo")).Result.TryGetProperty(property, out System.Text.Json.JsonElement value)
            ? Convert.ToString(value, CultureInfo.InvariantCulture)
            : null;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
