using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Azker.Core.BotApi;

/// <summary>The body of a request to a chat.</summary>
/// <param name="Content">The body, which has no parts to dispose of: the uploaded files belong to the body that was moved.</param>
/// <param name="OldChat">The chat of the body that was moved.</param>
internal sealed record ChatContent(HttpContent Content, string OldChat)
{
    private const string ChatId = "chat_id";

    /// <summary>Makes the same body for another chat; <see langword="null"/> if the body names no chat, or cannot be sent again.</summary>
    public static async Task<ChatContent?> MoveAsync(HttpContent content, long chat, CancellationToken cancellationToken) => content switch
    {
        MultipartFormDataContent parts => Move(parts, chat),
        { Headers.ContentType.MediaType: "application/json" } => Move(await content.ReadAsByteArrayAsync(cancellationToken), content.Headers.ContentType, chat),
        _ => null,
    };

    private static ChatContent? Move(MultipartFormDataContent parts, long chat)
    {
        // A stream that cannot seek has no length, and is consumed. Any other stream is rewound when it is sent again.
        if (parts.Any(part => part.Headers.ContentLength is null) || parts.FirstOrDefault(IsChat) is not { } old)
        {
            return null;
        }

        var moved = new MultipartFormDataContent();
        foreach (HttpContent part in parts)
        {
            if (part == old)
            {
                moved.Add(new StringContent(Text(chat)), ChatId);
            }
            else
            {
                moved.Add(part);
            }
        }

        using var reader = new StreamReader(old.ReadAsStream());
        return new ChatContent(moved, reader.ReadToEnd());
    }

    private static bool IsChat(HttpContent part) => part.Headers.ContentDisposition?.Name?.Trim('"') == ChatId;

    private static ChatContent? Move(byte[] json, MediaTypeHeaderValue type, long chat)
    {
        if (Find(json) is not { } old)
        {
            return null;
        }

        byte[] moved = [.. json[..old.Start], .. Encoding.ASCII.GetBytes(Text(chat)), .. json[old.End..]];
        return new ChatContent(new ByteArrayContent(moved) { Headers = { ContentType = type } }, Encoding.UTF8.GetString(json[old]).Trim('"'));
    }

    /// <summary>Finds the value of the chat's id in a JSON object.</summary>
    private static Range? Find(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(ChatId) && reader.Read())
            {
                return (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
            }
        }

        return null;
    }

    private static string Text(long chat) => chat.ToString(CultureInfo.InvariantCulture);
}
