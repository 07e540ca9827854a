using System.Net;

namespace Azker.Core.Configuration;

/// <summary>The proxy of the storage clients. Loopback addresses and emulators are called without one; a URL without TLS is an emulator's.</summary>
internal sealed class StorageProxy(NetworkOptions network) : IWebProxy
{
    private readonly IWebProxy _proxy = (network.HttpsProxy ?? network.AllProxy) is { } told ? ProxyAddress.ToProxy(told) : HttpClient.DefaultProxy;

    public ICredentials? Credentials
    {
        get => _proxy.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        host.IsLoopback || host.Scheme != Uri.UriSchemeHttps || NoProxyList.Includes(network.NoProxy, host) || _proxy.IsBypassed(host);
}
