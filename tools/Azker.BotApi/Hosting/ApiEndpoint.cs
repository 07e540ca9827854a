using Azker.BotApi.Bots;
using Azker.BotApi.Faults;
using Azker.BotApi.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Azker.BotApi.Hosting;

/// <summary>Answers an HTTP request to the Bot API: path, arguments, faults, token, method, answer.</summary>
internal sealed class ApiEndpoint(BotRegistry bots, FaultList faults, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, int port)
    {
        try
        {
            await AnswerAsync(context, port);
        }
        catch (BadHttpRequestException exception)
        {
            AnswerBare(context, exception.StatusCode);
        }
        catch (InvalidDataException)
        {
            AnswerBare(context, StatusCodes.Status400BadRequest);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left, or a fault has cut its connection. A waiting poll waits on.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerWriter.WriteAsync(context, ApiAnswer.Internal(exception));
        }
    }

    private async Task AnswerAsync(HttpContext context, int port)
    {
        if (context.Request.Method is not ("GET" or "POST"))
        {
            AnswerBare(context, StatusCodes.Status501NotImplemented);
            return;
        }

        if (FindPath(context, out ApiAnswer? fault) is not { } path)
        {
            await AnswerWriter.WriteAsync(context, fault!);
            return;
        }

        RequestArguments arguments = await ArgumentReader.ReadAsync(context.Request, context.RequestAborted);
        string method = (path.Method.Length > 0 ? path.Method : arguments["method"]).ToLowerInvariant();
        var call = new ApiCall(method, arguments, new Caller(port, context.RequestAborted, context.Features.Get<IConnectionSocketFeature>()?.Socket));
        StandInToken? token = StandInToken.Parse(path.Token, path.IsTest, out ApiAnswer? refusal);
        await new FaultyCall(faults.Take(token?.BotId ?? 0, method, arguments["chat_id"], port), context, time).AnswerAsync(
            () => token is null ? Task.FromResult(refusal!) : CallAsync(token, path.Token, call));
    }

    private Task<ApiAnswer> CallAsync(StandInToken token, string text, ApiCall call) =>
        bots.IsAllowed(text) ? bots.Get(token.BotId).CallAsync(token, call) : Task.FromResult(BotLifecycle.Unauthorized);

    private static ApiPath? FindPath(HttpContext context, out ApiAnswer? fault)
    {
        bool isAbsolute = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is not ['/', ..];
        ApiPath? path = isAbsolute ? null : ApiPath.Parse(context.Request.Path.Value ?? "");
        fault = path is not null
            ? null
            : ApiAnswer.Fail(404, isAbsolute ? "Not Found: absolute URI is specified in the Request-Line" : "Not Found");
        return path;
    }

    /// <summary>
    /// The Bot API server answers an error of HTTP itself without JSON: a status line, no body, and the end of the connection.
    /// </summary>
    private static void AnswerBare(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        context.Response.Headers.Connection = "close";
    }
}
