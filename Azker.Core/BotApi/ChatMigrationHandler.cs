using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Azker.Core.BotApi;

/// <summary>
/// Repeats a call to a group that became a supergroup: the Bot API server answers 400 with <c>migrate_to_chat_id</c>, and this handler
/// sends the same request to that chat, once.
/// </summary>
/// <remarks>
/// The server gives that answer for the <c>chat_id</c> of a call alone, not for other chats that the call names
/// (tdlib/telegram-bot-api, Client.cpp, check_chat_access).
/// </remarks>
internal sealed partial class ChatMigrationHandler(ILogger<ChatMigrationHandler> logger, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (request.Content is not { } content
            || await FindSupergroupAsync(response, cancellationToken) is not { } supergroup
            || await ChatContent.MoveAsync(content, supergroup, cancellationToken) is not { } moved)
        {
            return response;
        }

        response.Dispose();
        Log.Migrated(logger, moved.OldChat, supergroup, request.RequestUri!.Segments[^1]);
        request.Content = moved.Content;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.Content = content;
        }
    }

    private static async Task<long?> FindSupergroupAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.BadRequest)
        {
            return null;
        }

        try
        {
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return answer.RootElement.GetProperty("parameters").GetProperty("migrate_to_chat_id").GetInt64();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8001, LogLevel.Information, "The group {OldChat} became the supergroup {NewChat}, so {Method} is sent to the supergroup. Store the new chat id in place of the old one.")]
        public static partial void Migrated(ILogger logger, string oldChat, long newChat, string method);
    }
}
