using Azker.PollingFallback.Commands.Health;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>health</c>, which containers run as their probe.</summary>
public sealed class HealthCommandTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task It_ends_with_0_while_an_instance_runs_and_with_1_afterwards()
    {
        string address = FreePort.TakeAddress();
        ConsoleProcess console = _fixture.Start([], ("HEALTH_LISTEN", address));
        await console.Receives();

        Assert.Equal((0, $"{address}/health/live answers 200."), await Run(address, "health"));
        Assert.Equal((0, $"{address}/health/ready answers 200."), await Run(address, "health", "--ready"));
        Assert.Equal(0, await console.Stop());

        (int code, string text) = await Run(address, "health");
        Assert.Equal(1, code);
        Assert.StartsWith($"{address}/health/live does not answer: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_it_names_the_settings() => Assert.Equal(
        (78, "No address is set at which the console answers probes. Set HEALTH_LISTEN, or WEBHOOK_LISTEN."), await Run(null, "health"));

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://localhost:8080/")]
    [InlineData("http://192.0.2.1:8080", "http://192.0.2.1:8080/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    public void A_server_that_listens_everywhere_is_asked_on_its_own_machine(string listen, string asked) =>
        Assert.Equal(asked, HealthCommand.Reached(new Uri(listen)).AbsoluteUri);

    private async Task<(int Code, string Text)> Run(string? address, params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(arguments, address is null ? [] : [("HEALTH_LISTEN", address)]);
        int code = await console.Exit();
        return (code, (code == 0 ? console.Output : console.Errors).TrimEnd().Split('\n')[^1]);
    }
}
