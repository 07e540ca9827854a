using System.Net.Http.Headers;
using System.Text.Json;
using Azker.Core.Handling;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace Azker.Core.Delivery;

/// <summary>Sends the reply of a handler in a call of its own, when the request to the webhook was answered before.</summary>
internal sealed class LateReplies(ITelegramBotClient client)
{
    /// <param name="reply">The Bot API request as JSON, with its <c>method</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The result of the handling: a call that fails makes the attempt fail.</returns>
    public async Task<DispatchResult> SendAsync(ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendRequest(new ReplyRequest(reply), cancellationToken);
            return new DispatchResult(DispatchOutcome.Handled);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            return new DispatchResult(DispatchOutcome.Cancelled, error);
        }
        catch (Exception error)
        {
            return new DispatchResult(DispatchOutcome.Failed, error);
        }
    }

    private static string MethodOf(ReadOnlyMemory<byte> reply)
    {
        using JsonDocument json = JsonDocument.Parse(reply);
        return json.RootElement.GetProperty("method").GetString()!;
    }

    private sealed class ReplyRequest(ReadOnlyMemory<byte> reply) : RequestBase<JsonElement>(MethodOf(reply))
    {
        public override HttpContent ToHttpContent() => new ReadOnlyMemoryContent(reply) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
