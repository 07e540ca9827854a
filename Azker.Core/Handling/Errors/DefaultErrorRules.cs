using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azker.Core.Infrastructure;
using Azure;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Handling.Errors;

/// <summary>The rules of Azker, which classify an exception by its type and its content.</summary>
internal static class DefaultErrorRules
{
    /// <summary>Exceptions that are looked at, so that no chain costs much.</summary>
    private const int MaxExceptions = 32;

    public static ErrorClass Classify(Exception error)
    {
        try
        {
            return Chain(error).Select(Known).FirstOrDefault(known => known is not null) ?? ErrorClass.Unexpected;
        }
        catch (Exception)
        {
            // An exception class of another library can throw in an override, such as Message or IsTransient.
            return ErrorClass.Unexpected;
        }
    }

    /// <summary>An exception and the exceptions inside it, the outer ones first.</summary>
    private static IEnumerable<Exception> Chain(Exception error)
    {
        var waiting = new Stack<Exception>([error]);
        for (int count = 0; count < MaxExceptions && waiting.TryPop(out Exception? next); count++)
        {
            yield return next;
            IEnumerable<Exception> inner = next is AggregateException many ? many.InnerExceptions : next.InnerException is { } one ? [one] : [];
            foreach (Exception cause in inner.Reverse())
            {
                waiting.Push(cause);
            }
        }
    }

    private static ErrorClass? Known(Exception error) => error switch
    {
        ApiRequestException api => OfAnswer(api),
        RequestException request => OfCall(request),
        AnswerLostException => ErrorClass.AnswerLost,
        HttpRequestException http => OfHttp(http),
        SocketException or TimeoutException or OperationCanceledException { InnerException: TimeoutException } => ErrorClass.Outage,
        DbException database => database.IsTransient ? ErrorClass.Outage : ErrorClass.Unexpected,
        RequestFailedException azure => azure.Status is 0 or 408 or 429 or >= 500 ? ErrorClass.Outage : ErrorClass.Unexpected,
        ArgumentException or NullReferenceException or InvalidCastException or JsonException or FormatException or NotSupportedException
            or NotImplementedException or IndexOutOfRangeException or KeyNotFoundException => ErrorClass.Faulty,
        _ => null,
    };

    private static ErrorClass? OfAnswer(ApiRequestException api) => api.ErrorCode switch
    {
        429 => ErrorClass.Throttled(TimeSpan.FromSeconds(api.Parameters?.RetryAfter ?? 1)),
        403 => ErrorClass.Refused,
        400 => OfBadRequest(api.Message),
        // A server that is too old for a method will not learn it by waiting.
        404 when api.Message.Contains("method not found", StringComparison.OrdinalIgnoreCase) => ErrorClass.Faulty,
        // The token or the server is at fault, and not the update.
        401 or 404 or 409 or 421 or >= 500 => ErrorClass.Outage,
        >= 400 => ErrorClass.Faulty,
        _ => null,
    };

    private static ErrorClass OfBadRequest(string description) =>
        ApiRefusals.Contain(description) ? ErrorClass.Refused
        // The server answers so after logOut (telegram-bot-api, Client.cpp, get_closing_error).
        : description.Contains("Logged out", StringComparison.OrdinalIgnoreCase) ? ErrorClass.Outage
        : ErrorClass.Faulty;

    /// <summary>Classifies a call without a Bot API answer. A 2xx means that the call was carried out, and only its answer is unreadable.</summary>
    private static ErrorClass? OfCall(RequestException request) => request.HttpStatusCode switch
    {
        { } status when (int)status is >= 200 and < 300 => ErrorClass.AnswerLost,
        { } => ErrorClass.Outage,
        null => Chain(request).OfType<AnswerLostException>().Any() ? ErrorClass.AnswerLost : null,
    };

    private static ErrorClass OfHttp(HttpRequestException http) => http switch
    {
        // HttpClient wraps an error of the content, such as a stream that was disposed of, like a fault of the network.
        { StatusCode: null, InnerException: InvalidOperationException } => ErrorClass.Faulty,
        { StatusCode: HttpStatusCode.TooManyRequests } => ErrorClass.Throttled(TimeSpan.FromSeconds(1)),
        { StatusCode: { } status } when (int)status is >= 400 and < 500 and not 408 => ErrorClass.Unexpected,
        _ => ErrorClass.Outage,
    };
}
