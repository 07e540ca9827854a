using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Decides who may see the dashboard. Without a key, and without another protection, nobody may.</summary>
/// <param name="key">The key; <see langword="null"/> for none.</param>
/// <param name="isLocal">Whether the server listens at loopback addresses only, so that a key is not required.</param>
internal sealed class DashboardAccess(DashboardKey? key, bool isLocal)
{
    public const string Header = "Azker-Dashboard-Key";
    private const string Cookie = "azker-dashboard";

    /// <summary>Whether a person has to enter a key.</summary>
    public bool NeedsKey => key is not null;

    /// <summary>Whether something protects the endpoint: the key, the loopback address, or the application's own authorization.</summary>
    public bool IsProtected(HttpContext context) => key is not null || isLocal || HasAuthorization(context.GetEndpoint());

    /// <summary>
    /// Whether the host of the request is one of this machine's own names. Without a key this stops a page of another site whose
    /// name its owner points at 127.0.0.1 (DNS rebinding).
    /// </summary>
    public bool IsHostAllowed(HttpRequest request) =>
        key is not null || !isLocal || request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>Whether the request has the key or a valid cookie, where a key is set.</summary>
    public bool IsSignedIn(HttpRequest request) =>
        key is null
        || (request.Headers[Header] is [{ } candidate] && key.Matches(candidate))
        || (request.Cookies.TryGetValue(Cookie, out string? cookie) && key.IsValid(cookie));

    /// <summary>Gives the cookie to a person who enters the right key.</summary>
    /// <returns>Whether the key is right.</returns>
    public bool TrySignIn(HttpContext context, string candidate)
    {
        if (key?.Matches(candidate) != true)
        {
            return false;
        }

        context.Response.Cookies.Append(Cookie, key.CreateCookie(), Options(context.Request));
        return true;
    }

    public static void SignOut(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context.Request));

    /// <summary>Without a path of its own the cookie has the path of the dashboard, also behind a proxy that removes a part of it.</summary>
    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        MaxAge = DashboardKey.Lifetime,
        Path = null,
    };

    private static bool HasAuthorization(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
}
