using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Checks each request to the dashboard before its endpoint runs, and sets the headers that protect its page.</summary>
internal sealed partial class DashboardGuard(DashboardAccess access, ILogger<DashboardGuard> logger)
{
    /// <summary>A page of another site cannot send this header without a permission that no endpoint gives.</summary>
    public const string RequestHeader = "Azker-Dashboard";

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private int _hasReported;

    /// <summary>For the page, its script and its style, which contain no data.</summary>
    public RequestDelegate Page(RequestDelegate endpoint) => context => RunAsync(context, Refusal(context), endpoint);

    /// <summary>For an endpoint that shows data.</summary>
    public RequestDelegate Data(RequestDelegate endpoint) => context =>
        RunAsync(context, Refusal(context) ?? ForeignSite(context.Request) ?? SignedOut(context.Request), endpoint);

    /// <summary>For an endpoint that changes something.</summary>
    public RequestDelegate Change(RequestDelegate endpoint) => context =>
        RunAsync(context, Refusal(context) ?? ForeignChange(context.Request) ?? SignedOut(context.Request), endpoint);

    /// <summary>For the login, which no one has done yet.</summary>
    public RequestDelegate Login(RequestDelegate endpoint) => context =>
        RunAsync(context, Refusal(context) ?? ForeignChange(context.Request), endpoint);

    private static async Task RunAsync(HttpContext context, (int Status, string Text)? refusal, RequestDelegate endpoint)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (refusal is { } refused)
        {
            await DashboardAnswer.TextAsync(context.Response, refused.Status, refused.Text);
            return;
        }

        await endpoint(context);
    }

    private (int Status, string Text)? Refusal(HttpContext context)
    {
        if (!access.IsProtected(context))
        {
            if (Interlocked.Exchange(ref _hasReported, 1) == 0)
            {
                Log.Unprotected(logger);
            }

            return (StatusCodes.Status403Forbidden, "The dashboard has no key and no authorization. Set DASHBOARD_KEY, or call RequireAuthorization().");
        }

        return access.IsHostAllowed(context.Request)
            ? null
            : (StatusCodes.Status403Forbidden, "Without a key the dashboard answers at localhost, 127.0.0.1 and [::1] only. Set DASHBOARD_KEY for other names.");
    }

    private (int Status, string Text)? SignedOut(HttpRequest request) =>
        access.IsSignedIn(request) ? null : (StatusCodes.Status401Unauthorized, "Enter the key of the dashboard.");

    /// <summary>A browser names the site that sends a request. A program that is no browser names none.</summary>
    private static (int Status, string Text)? ForeignSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" && IsOwnOrigin(request)
            ? null
            : (StatusCodes.Status403Forbidden, "The request comes from a page of another site.");

    private static (int Status, string Text)? ForeignChange(HttpRequest request) =>
        ForeignSite(request)
        ?? (request.Headers.ContainsKey(RequestHeader) && request.HasJsonContentType()
            ? null
            : (StatusCodes.Status403Forbidden, $"A change needs the header {RequestHeader} and the content type application/json."));

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() is var origin
        && (origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));

    private static partial class Log
    {
        [LoggerMessage(12001, LogLevel.Error, "The dashboard refuses all requests, because it has no key and its endpoints need no authorization. Set DASHBOARD_KEY, or call RequireAuthorization().")]
        public static partial void Unprotected(ILogger logger);
    }
}
