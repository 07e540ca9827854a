using System.Net.Http.Headers;
using Azker.Core.Delivery;
using Azker.Core.Status;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook;

/// <summary>Processes the requests that Telegram sends to the webhook, and decides the answers.</summary>
internal sealed partial class WebhookReceiver(
    SecretToken secret,
    UpdateDelivery delivery,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<WebhookReceiver> logger)
{
    /// <summary>Checks a request, delivers its update to a handler, and waits until the handler has finished.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stoppingToken">Cancels the handler; the program cancels it when the time for a graceful stop is over.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="OperationCanceledException">The client closed the connection, so no answer is possible.</exception>
    /// <exception cref="IOException">The connection ended within the body.</exception>
    public async Task<WebhookOutcome> ReceiveAsync(WebhookRequest request, CancellationToken stoppingToken)
    {
        if (!secret.Matches(request.SecretTokens))
        {
            Log.Unauthorized(logger, request.SecretTokens.Count);
            return WebhookOutcome.Unauthorized;
        }

        if (request.Method != "POST")
        {
            return WebhookOutcome.MethodNotAllowed;
        }

        if (!IsJson(request.ContentType))
        {
            return WebhookOutcome.UnsupportedMediaType;
        }

        (byte[] bytes, int length, WebhookOutcome? refusal) = await WebhookBody.ReadAsync(request, timeProvider);
        if (length == 0 && request.ContentLength is null)
        {
            refusal ??= WebhookOutcome.BodyMissing;
        }

        return refusal ?? await ReceiveAsync(bytes.AsMemory(0, length), stoppingToken);
    }

    private async Task<WebhookOutcome> ReceiveAsync(ReadOnlyMemory<byte> raw, CancellationToken stoppingToken)
    {
        ReceivedUpdate update;
        try
        {
            update = ReceivedUpdate.Parse(raw);
        }
        catch (UnreadableUpdateException error)
        {
            return await delivery.TryDeadLetterAsync(raw, error, stoppingToken) ? WebhookOutcome.Done : WebhookOutcome.Failed;
        }

        status.ExchangeSucceeded();
        status.UpdateArrived();
        AttemptResult result = await delivery.PushAsync(update, stoppingToken);
        if (result.Outcome == AttemptOutcome.Settled)
        {
            status.CountSettled();
        }

        return result.Outcome switch
        {
            AttemptOutcome.Settled => WebhookOutcome.Done with { Body = result.Reply },
            AttemptOutcome.Duplicate or AttemptOutcome.Parked => WebhookOutcome.Done,
            AttemptOutcome.Failed => WebhookOutcome.Failed,
            AttemptOutcome.Overloaded => WebhookOutcome.Overloaded,
            AttemptOutcome.Throttled => WebhookOutcome.RetryLater(RetryAfter(update, result.RetryAfter)),
            _ => WebhookOutcome.Busy,
        };
    }

    /// <summary>Telegram drops an update that would expire before its next delivery (tdlib/telegram-bot-api, WebhookActor.cpp, on_webhook_error).</summary>
    private TimeSpan RetryAfter(ReceivedUpdate update, TimeSpan wanted)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        TimeSpan longest = (update.ExpiresAt(now) - now) / 2;
        return wanted < longest ? wanted : longest;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && "application/json".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Debug, "A webhook request was refused with 401: the right secret token is missing (secret tokens: {SecretTokens}).")]
        public static partial void Unauthorized(ILogger logger, int secretTokens);
    }
}
