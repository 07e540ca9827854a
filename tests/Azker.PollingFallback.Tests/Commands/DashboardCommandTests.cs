using System.Net;
using System.Text.RegularExpressions;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>azker dashboard</c>: where it listens, and who may see it.</summary>
public sealed partial class DashboardCommandTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _fixture.DisposeAsync();
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    public async Task An_address_that_is_not_loopback_needs_a_key(string listen)
    {
        ConsoleProcess dashboard = _fixture.Start(["dashboard"], ("DASHBOARD_LISTEN", listen));

        Assert.Equal(78, await dashboard.Exit());
        Assert.Contains("it has no key. Set DASHBOARD_KEY, or let --new-key make a key.", dashboard.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_page_answers_to_names_of_this_machine_alone()
    {
        ConsoleProcess dashboard = _fixture.Start(["dashboard"], ("DASHBOARD_LISTEN", "http://127.0.0.1:0"));
        string url = await AddressOf(dashboard);

        Assert.Equal(HttpStatusCode.OK, await Get($"{url}api/status"));
        Assert.Equal(HttpStatusCode.OK, await Get($"{url}api/status", ("Host", "localhost:8085")));
        Assert.Equal(HttpStatusCode.Forbidden, await Get($"{url}api/status", ("Host", "rebound.example:8085")));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(url, ("Host", "127.0.0.1.rebound.example")));
        Assert.Equal(0, await dashboard.Stop());
    }

    [Fact]
    public async Task A_new_key_is_printed_once_and_is_the_only_key()
    {
        ConsoleProcess dashboard = _fixture.Start(["dashboard", "--new-key"], ("DASHBOARD_LISTEN", "http://0.0.0.0:0"), ("DASHBOARD_KEY", "a-key-of-the-test-0123"));
        string url = await AddressOf(dashboard);
        await dashboard.Says("The key, which is shown this once: ");
        string key = Regex.Match(dashboard.Output, "this once: (?<key>[A-Za-z0-9_-]{22})$", RegexOptions.ExplicitCapture).Groups["key"].Value;

        Assert.Equal(HttpStatusCode.OK, await Get($"{url}api/status", ("Azker-Dashboard-Key", key), ("Host", "bot.example.com")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get($"{url}api/status", ("Azker-Dashboard-Key", "a-key-of-the-test-0123")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get($"{url}api/status"));
    }

    [Fact]
    public async Task A_short_key_is_a_fault_that_does_not_show_it()
    {
        ConsoleProcess dashboard = _fixture.Start(["dashboard"], ("DASHBOARD_KEY", "short-key"));

        Assert.Equal(78, await dashboard.Exit());
        Assert.Contains("DASHBOARD_KEY: its value (not shown here) is not 16 to 256 visible ASCII characters", dashboard.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("short-key", dashboard.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> AddressOf(ConsoleProcess dashboard)
    {
        await Eventually.IsTrue(() => Port().IsMatch(dashboard.Output), $"the dashboard has an address; it said: {dashboard.Errors}");
        return $"http://127.0.0.1:{Port().Match(dashboard.Output).Groups["port"].Value}/";
    }

    private async Task<HttpStatusCode> Get(string url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    [GeneratedRegex("http://[0-9.]+:(?<port>[0-9]+)/", RegexOptions.ExplicitCapture)]
    private static partial Regex Port();
}
