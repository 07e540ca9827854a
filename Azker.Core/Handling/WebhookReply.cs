using System.Net.Http.Json;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Requests.Abstractions;

namespace Azker.Core.Handling;

/// <summary>Sends one Bot API request of a handler in the answer to the webhook request, which saves a round trip.</summary>
/// <remarks>
/// A handler takes this service by its constructor. The handler never learns the result of the request, or that the request
/// failed. Azker does not send the request again when a crash or a cut connection loses the answer: the update counts as
/// handled then.
/// </remarks>
/// <example>
/// <code>
/// var request = new SendMessageRequest { ChatId = chatId, Text = "pong" };
/// if (reply.CanTake) reply.Give(request); else await client.SendRequest(request, cancellationToken);
/// </code>
/// </example>
public sealed class WebhookReply
{
    /// <summary>The size of the largest answer that a Bot API server reads (tdlib/td, HttpReader.cpp).</summary>
    private const int LargestBody = 1024 * 1024;

    private static readonly string[] Ignored = ["setWebhook", "deleteWebhook", "close", "logOut"];

    internal ReplySlot? Slot { get; set; }

    /// <summary>
    /// Whether <see cref="Give"/> takes a request now. It takes none when the update came by polling, after a request was
    /// given, and when the handler's time limit is over: then send the request with <see cref="ITelegramBotClient"/>.
    /// </summary>
    public bool CanTake => Slot is { IsOpen: true };

    /// <summary>
    /// Gives the request that Azker sends in the answer when the handler succeeds. When the handler fails, Azker drops the
    /// request, since Telegram sends the update again.
    /// </summary>
    /// <param name="request">
    /// The request, without files to upload. This method sets its <see cref="IRequest.IsWebhookResponse"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Telegram ignores this method in an answer (<c>get*</c>, <c>setWebhook</c>, <c>deleteWebhook</c>, <c>close</c>,
    /// <c>logOut</c>: tdlib/telegram-bot-api, WebhookActor.cpp), or the request uploads a file, or it is over 1 MiB.
    /// </exception>
    /// <exception cref="InvalidOperationException">No request can be taken: see <see cref="CanTake"/>.</exception>
    public void Give(IRequest request)
    {
        if (request.MethodName.StartsWith("get", StringComparison.OrdinalIgnoreCase) || Ignored.Contains(request.MethodName, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Telegram ignores {request.MethodName} in the answer to a webhook request. Send it with ITelegramBotClient.", nameof(request));
        }

        byte[] body = Serialize(request);
        if (Slot?.TryPut(body) != true)
        {
            throw new InvalidOperationException(
                $"{request.MethodName} cannot be sent in the answer to a webhook request: the update came by polling, a request was given already, "
                + "or the handler's time limit is over. Read CanTake first; when it is false, send the request with ITelegramBotClient.");
        }
    }

    private static byte[] Serialize(IRequest request)
    {
        request.IsWebhookResponse = true;
        using HttpContent? content = request.ToHttpContent();
        if (content is not JsonContent)
        {
            throw new ArgumentException($"{request.MethodName} uploads a file, which the answer to a webhook request cannot carry. Send it with ITelegramBotClient.", nameof(request));
        }

        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), JsonBotAPI.Options);
        return body.Length <= LargestBody
            ? body
            : throw new ArgumentException($"{request.MethodName} has {body.Length} bytes, and Telegram reads at most {LargestBody} in the answer to a webhook request. Send it with ITelegramBotClient.", nameof(request));
    }
}
