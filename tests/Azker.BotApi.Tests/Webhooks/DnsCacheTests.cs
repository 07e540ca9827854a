using System.Net;
using System.Net.Sockets;
using Azker.BotApi.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace Azker.BotApi.Tests.Webhooks;

public sealed class DnsCacheTests
{
    private static readonly IPAddress V4 = IPAddress.Parse("9.9.9.9");
    private static readonly IPAddress V6 = IPAddress.Parse("2001:db8::1");

    private readonly FakeTimeProvider _time = new();
    private readonly DnsCache _cache;
    private IPAddress[]? _addresses = [V6, V4];
    private int _lookups;

    public DnsCacheTests() => _cache = new DnsCache(Resolve, _time);

    [Fact]
    public async Task IPv4_is_preferred() => Assert.Equal(V4, await FindAsync());

    [Fact]
    public async Task An_address_is_remembered_for_29_minutes()
    {
        await FindAsync();
        _time.Advance(TimeSpan.FromMinutes(28.9));
        await FindAsync();
        Assert.Equal(1, _lookups);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        await FindAsync();
        Assert.Equal(2, _lookups);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_5_minutes()
    {
        _addresses = null;
        Assert.Null(await FindAsync());
        _addresses = [V4];
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Null(await FindAsync());
        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal(V4, await FindAsync());
    }

    [Fact]
    public async Task An_address_needs_no_lookup()
    {
        Assert.Equal(V4, await _cache.FindAsync("9.9.9.9", TestContext.Current.CancellationToken));
        Assert.Equal(0, _lookups);
    }

    private Task<IPAddress?> FindAsync() => _cache.FindAsync("a.example", TestContext.Current.CancellationToken);

    private Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken)
    {
        _lookups++;
        return _addresses is null ? throw new SocketException((int)SocketError.HostNotFound) : Task.FromResult(_addresses);
    }
}
