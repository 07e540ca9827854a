using System.Net;
using Azure.Core.Pipeline;

namespace Azker.Core.Infrastructure;

/// <summary>Creates the way of the storage clients to the services.</summary>
internal static class StorageTransport
{
    /// <summary>A connection is used for this long at most, so that a change of the account's addresses is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <param name="proxy">Decides which calls go through a proxy.</param>
    public static HttpPipelineTransport Create(IWebProxy proxy)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime, Proxy = proxy };
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }
}
