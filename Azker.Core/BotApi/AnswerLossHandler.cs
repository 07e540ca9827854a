using System.Net;
using Azker.Core.Infrastructure;

namespace Azker.Core.BotApi;

/// <summary>
/// Tells a call that did not reach the server from a call whose answer was lost. If the request was sent completely and no complete
/// answer came, the exception is an <see cref="AnswerLostException"/>, or a cancellation that contains one.
/// </summary>
/// <remarks>
/// A request without a body, such as getMe or the download of a file, passes through: it changes nothing, so it may be repeated.
/// </remarks>
internal sealed class AnswerLossHandler(long largestAnswer, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var sent = new SentContent(content);
        request.Content = sent;
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception error) when (sent.IsComplete && IsLoss(error))
        {
            throw Lost(error, cancellationToken);
        }
        finally
        {
            request.Content = content;
        }

        await ReadAsync(response, cancellationToken);
        return response;
    }

    /// <summary>
    /// Reads the whole answer here, where a cut is seen. An answer that is not a success is no such case: the server did not carry out
    /// the call.
    /// </summary>
    private async Task ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(largestAnswer, cancellationToken);
        }
        catch (Exception error)
        {
            response.Dispose();
            if (response.IsSuccessStatusCode && IsLoss(error))
            {
                throw Lost(error, cancellationToken);
            }

            throw;
        }
    }

    private static bool IsLoss(Exception error) => error is HttpRequestException or IOException or OperationCanceledException;

    private static Exception Lost(Exception error, CancellationToken cancellationToken)
    {
        var lost = new AnswerLostException("The request was sent completely, and its answer was lost, so the server may have carried it out.", error);
        // HttpClient decides by this type, and keeps the inner exception, whether its time limit or the caller cancelled the call.
        return error is OperationCanceledException ? new TaskCanceledException(error.Message, lost, cancellationToken) : lost;
    }

    /// <summary>The body of a request, which knows whether it was written to its end.</summary>
    private sealed class SentContent : HttpContent
    {
        private readonly HttpContent _content;
        private volatile bool _isComplete;

        public SentContent(HttpContent content)
        {
            _content = content;
            foreach ((string name, IEnumerable<string> values) in content.Headers)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        public bool IsComplete => _isComplete;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _isComplete = false;
            await _content.CopyToAsync(stream, context, cancellationToken);
            _isComplete = true;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }
    }
}
