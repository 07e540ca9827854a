using System.Net;
using Azker.BotApi;
using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;

namespace Azker.PollingFallback.Tests;

public sealed class TokenSecrecyTests : IAsyncLifetime
{
    private static readonly string TokenSecret = ConsoleFixture.Token.Split(':')[1];

    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_full_run_writes_the_token_nowhere()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>().Except([FaultKind.Hang, FaultKind.Conflict]))
        {
            _fixture.Server.Faults.Add(new Fault(kind) { Method = "sendMessage", Times = 1 });
        }

        _fixture.Server.Faults.Add(new Fault(FaultKind.Reset) { Method = "getUpdates", Times = 2 });
        _fixture.Bot.EnqueueUnreadable();
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        ConsoleProcess console = _fixture.Start([], ("Logging__LogLevel__Default", "Trace"), ("MAX_ATTEMPTS", "2"));
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "both updates are settled");
        _fixture.Bot.Revoke();
        await console.Says("401 Unauthorized");
        Assert.Equal(0, await console.Stop());

        AssertNowhere(console, TokenSecret);
        Assert.DoesNotContain(TokenSecret, await CommandLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_with_a_webhook_writes_the_token_the_secret_and_the_password_nowhere()
    {
        await _fixture.DisposeAsync();
        _fixture = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });
        _fixture.Server.Faults.Add(new Fault(FaultKind.Error) { Method = "sendMessage", Status = 400, Text = "Bad Request: can't parse entities", Times = 2 });
        string address = FreePort.TakeAddress();
        ConsoleProcess console = _fixture.Start(
            [],
            ("Logging__LogLevel__Default", "Trace"),
            ("MAX_ATTEMPTS", "2"),
            ("USE_WEBHOOK", "true"),
            ("WEBHOOK_URL", address.Replace("://", "://user:the-password@", StringComparison.Ordinal)),
            ("WEBHOOK_SECRET", "the-secret"),
            ("WEBHOOK_SECRET_PREVIOUS", "the-secret-before"),
            ("WEBHOOK_LISTEN", address));
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        _fixture.Bot.EnqueueText(5, 5, "/ping 2");
        await _fixture.Answered(1);
        using var http = new HttpClient();
        using HttpResponseMessage refused = await http.PostAsync(new Uri($"{address}/webhook"), new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        string health = await http.GetStringAsync(new Uri($"{address}/health"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await console.Stop());

        Assert.Contains("The webhook is registered", console.Output, StringComparison.Ordinal);
        foreach (string secret in (string[])[TokenSecret, "the-secret", "the-password"])
        {
            AssertNowhere(console, secret);
            Assert.DoesNotContain(secret, health, StringComparison.Ordinal);
        }
    }

    private void AssertNowhere(ConsoleProcess console, string secret)
    {
        string[] files = Directory.GetFiles(_fixture.Directory, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.Contains("dead-letters", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.NotEqual("", console.Output);
        Assert.DoesNotContain(secret, console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, console.Errors, StringComparison.Ordinal);
    }

    private async Task<string> CommandLine()
    {
        ConsoleProcess console = _fixture.Start(["--standby"]);
        return string.Join('\n', await Shell.Output($"ps -o args= -p {console.Id}"));
    }
}
