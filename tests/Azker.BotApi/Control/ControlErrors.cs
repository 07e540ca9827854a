using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Control;

/// <summary>Turns what a caller did wrong into 400 with <c>{"error": ...}</c>.</summary>
internal sealed class ControlErrors(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is ArgumentException or BadHttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { error = exception.InnerException?.Message ?? exception.Message });
        }
    }
}
