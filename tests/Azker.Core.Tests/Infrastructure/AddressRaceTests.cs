using Azker.Core.Infrastructure;

namespace Azker.Core.Tests.Infrastructure;

public sealed class AddressRaceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_is_answered_over_IPv4_when_no_connection_opens_over_IPv6(bool usesTls)
    {
        using var host = DualStackHost.WithFullBacklog(usesTls);
        using HttpClient client = Client(host);

        Assert.Contains("true", await Post(client, host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_answered_over_IPv4_when_TLS_is_cut_over_IPv6()
    {
        using var host = DualStackHost.WithClosingIPv6(usesTls: true);
        using HttpClient client = Client(host);

        Assert.Contains("true", await Post(client, host), StringComparison.Ordinal);
        Assert.Equal(1, host.Closed);
    }

    [Fact]
    public async Task The_request_after_one_that_fails_over_IPv6_goes_over_IPv4()
    {
        using var host = DualStackHost.WithClosingIPv6();
        using HttpClient client = Client(host);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Post(client, host));

        Assert.Contains("true", await Post(client, host), StringComparison.Ordinal);
        Assert.Equal(1, host.Closed);
    }

    [Fact]
    public async Task The_family_that_worked_is_tried_first_for_later_connections()
    {
        using var host = DualStackHost.WithClosingIPv6(usesTls: true);
        using HttpClient client = Client(host);

        await Post(client, host);
        await Post(client, host);
        await Post(client, host);

        Assert.Equal((3, 1), (host.Resolved, host.Closed));
    }

    private static async Task<string> Post(HttpClient client, DualStackHost host)
    {
        using var body = new StringContent("{}");
        Task<HttpResponseMessage> call = client.PostAsync(host.Url, body, TestContext.Current.CancellationToken);
        using HttpResponseMessage answer = await call.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static HttpClient Client(DualStackHost host)
    {
        var race = new AddressRace(host.ResolveAsync, TimeProvider.System, host.Trust.Clone);
        return new HttpClient(new FailedRequestHandler(race, new SocketsHttpHandler { ConnectCallback = race.ConnectAsync, UseProxy = false }));
    }
}
