using System.Net.Http.Headers;
using Azker.Core.Delivery;
using Azker.Core.Status;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook;

/// <summary>Takes the requests that Telegram sends to the webhook, and says what to answer.</summary>
internal sealed partial class WebhookReceiver(
    SecretToken secret,
    UpdateDelivery delivery,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<WebhookReceiver> logger)
{
    /// <summary>Checks a request, brings its update to a handler, and waits for that.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stoppingToken">Falls when the program ends and lets handlers no more time.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="OperationCanceledException">The client is gone; there is nobody to answer.</exception>
    /// <exception cref="IOException">The body broke off.</exception>
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
            return await delivery.TrySetAsideAsync(raw, error, stoppingToken) ? WebhookOutcome.Done : WebhookOutcome.Failed;
        }

        status.ExchangeSucceeded();
        AttemptResult result = await delivery.AttemptAsync(update, stoppingToken);
        if (result.Outcome == AttemptOutcome.Settled)
        {
            status.CountSettled();
        }

        return result.Outcome switch
        {
            AttemptOutcome.Settled => WebhookOutcome.Done with { Body = result.Reply },
            AttemptOutcome.Duplicate => WebhookOutcome.Done,
            AttemptOutcome.Failed => WebhookOutcome.Failed,
            AttemptOutcome.Overloaded => WebhookOutcome.Overloaded,
            _ => WebhookOutcome.Busy,
        };
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && "application/json".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A webhook request with {SecretTokens} secret tokens, not with the right one alone, was refused.")]
        public static partial void Unauthorized(ILogger logger, int secretTokens);
    }
}
