namespace Azker.Core.Webhook.Registration;

/// <summary>The form of a URL in which its international host name is compared: a server may show the name in either form.</summary>
internal static class PunycodeUrl
{
    public static Uri Of(Uri url) => url.HostNameType == UriHostNameType.Dns && url.IdnHost != url.Host
        ? new UriBuilder(url) { Host = url.IdnHost }.Uri
        : url;
}
