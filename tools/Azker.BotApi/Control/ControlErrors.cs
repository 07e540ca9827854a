using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Control;

/// <summary>Turns what a caller did wrong into 400, and any other failure into 500, with <c>{"error": ...}</c>.</summary>
internal sealed class ControlErrors(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            bool isCallers = exception is ArgumentException or BadHttpRequestException;
            context.Response.StatusCode = isCallers ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsJsonAsync(new { error = exception.InnerException?.Message ?? exception.Message });
        }
    }
}
