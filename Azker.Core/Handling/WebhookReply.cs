using System.Net.Http.Json;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Requests.Abstractions;

namespace Azker.Core.Handling;

/// <summary>
/// The answer to a webhook request can carry one Bot API request, which saves a round trip. A handler that wants that takes
/// this service by its constructor; what the request brought about, or that it failed, it never learns. Nor is it sent again
/// when the answer is lost on its way, by a crash or a cut connection: its update counts as handled by then.
/// </summary>
/// <example>
/// <code>
/// var request = new SendMessageRequest { ChatId = chatId, Text = "pong" };
/// if (reply.CanTake) reply.Give(request); else await client.SendRequest(request, cancellationToken);
/// </code>
/// </example>
public sealed class WebhookReply
{
    /// <summary>A Bot API server reads no larger answer (tdlib/td, HttpReader.cpp).</summary>
    private const int LargestBody = 1024 * 1024;

    private static readonly string[] Ignored = ["setWebhook", "deleteWebhook", "close", "logOut"];

    internal ReplySlot? Slot { get; set; }

    /// <summary>
    /// Whether a request can be given now. Not when the update came by polling, not after a request was given, and not once
    /// the handler's time is up: then send it with <see cref="ITelegramBotClient"/>.
    /// </summary>
    public bool CanTake => Slot is { IsOpen: true };

    /// <summary>
    /// Gives the request that goes out in the answer when the handler has ended well; when it fails, the request is dropped,
    /// since the update comes again.
    /// </summary>
    /// <param name="request">
    /// The request, without files to upload. Its <see cref="IRequest.IsWebhookResponse"/> is set.
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
                $"{request.MethodName} cannot go out as the webhook's answer: the update came by polling, or an answer was given already, "
                + "or the handler's time is up. Ask CanTake first, and send it with ITelegramBotClient otherwise.");
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
            : throw new ArgumentException($"{request.MethodName} has {body.Length} bytes, and Telegram reads {LargestBody} at most in the answer to a webhook request.", nameof(request));
    }
}
