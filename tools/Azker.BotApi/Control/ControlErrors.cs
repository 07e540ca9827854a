using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Azker.BotApi.Control;

/// <summary>Answers each control call that fails with <c>{"error": ...}</c>: 4xx for an error of the caller, 500 for any other.</summary>
internal sealed partial class ControlErrors(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (context.GetEndpoint() is RouteEndpoint endpoint)
            {
                ControlQuery.Check(context, endpoint);
            }

            await next(context);
            if (!context.Response.HasStarted && FindRoutingError(context) is { } error)
            {
                await WriteAsync(context, context.Response.StatusCode, error);
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await WriteAsync(context, Status(exception), Message(exception));
        }
    }

    /// <summary>The routing itself answers an unknown path or a wrong method with a bare status.</summary>
    private static string? FindRoutingError(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is no {context.Request.Method} {Token().Replace(context.Request.Path, "$1:***")}. "
            + "GET /control/help lists the control API; <id>, <port> and <number> are whole numbers.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}. "
            + $"Use {string.Join(", ", context.Response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries).Order())}.",
        _ => null,
    };

    private static int Status(Exception exception) => exception switch
    {
        ControlRefusal refusal => refusal.Status,
        BadHttpRequestException request => request.StatusCode,
        ArgumentException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>
    /// .NET appends the parameter's name to the message of an <see cref="ArgumentException"/>. A caller over HTTP has no use for it.
    /// </summary>
    private static string Message(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;

    /// <summary>A token in the place of a bot's id. Its secret appears in no answer.</summary>
    [GeneratedRegex("([0-9]+):[^/]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    private static Task WriteAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error });
    }
}
