using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Takes the key from the body of a request, so that no log of addresses contains it.</summary>
internal sealed partial class DashboardLogin(DashboardAccess access, ILogger<DashboardLogin> logger)
{
    private const int MaxBody = 4096;

    public async Task SignInAsync(HttpContext context)
    {
        if (await ReadKeyAsync(context) is { } key && access.TrySignIn(context, key))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        Log.WrongKey(logger, context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
        await DashboardAnswer.TextAsync(context.Response, StatusCodes.Status401Unauthorized, "The key is wrong.");
    }

    public static Task SignOutAsync(HttpContext context)
    {
        DashboardAccess.SignOut(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task<string?> ReadKeyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBody;
        }

        try
        {
            return (await JsonSerializer.DeserializeAsync(context.Request.Body, DashboardJsonContext.Default.LoginRequest, context.RequestAborted))?.Key;
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(12101, LogLevel.Warning, "A login to the dashboard from {Address} had a wrong key. The login is refused.")]
        public static partial void WrongKey(ILogger logger, string address);
    }
}
