namespace Azker.Core.Webhook;

/// <summary>Reads the body of a webhook request, with a limit on its size and on the time.</summary>
internal static class WebhookBody
{
    /// <summary>In bytes. An update of Telegram has at most 512 KiB (tdlib/td, TQueue.cpp).</summary>
    public const int MaxLength = 1024 * 1024;

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int UnknownLength = 4096;

    /// <returns>The body, or the outcome for a body that is refused.</returns>
    /// <exception cref="OperationCanceledException">The client closed the connection.</exception>
    /// <exception cref="IOException">The connection ended within the body.</exception>
    public static async Task<(byte[] Bytes, int Length, WebhookOutcome? Refusal)> ReadAsync(WebhookRequest request, TimeProvider timeProvider)
    {
        if (request.ContentLength > MaxLength)
        {
            return ([], 0, WebhookOutcome.TooLarge);
        }

        using var deadline = new CancellationTokenSource(Timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.Aborted);
        try
        {
            return await ReadAsync(request.Body, (int?)request.ContentLength ?? UnknownLength, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !request.Aborted.IsCancellationRequested)
        {
            return ([], 0, WebhookOutcome.TooSlow);
        }
    }

    private static async Task<(byte[] Bytes, int Length, WebhookOutcome? Refusal)> ReadAsync(Stream body, int expected, CancellationToken cancellationToken)
    {
        // One byte more than expected, so that the end is found without a larger buffer.
        byte[] buffer = new byte[Math.Min(expected, MaxLength) + 1];
        for (int length = 0; ;)
        {
            int read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || length > MaxLength)
            {
                return (buffer, length, read == 0 ? null : WebhookOutcome.TooLarge);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * length, MaxLength + 1));
            }
        }
    }
}
