using System.Globalization;

namespace Azker.BotApi.Pushing;

/// <summary>The answer of a webhook, with header names in lower case and a decoded body.</summary>
internal sealed record WebhookResponse(int Status, string Reason, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool IsHttp10)
{
    private const int MaxRetryAfter = 3600;

    public bool IsSuccess => Status is >= 200 and <= 299;

    public string ContentType => Header("content-type");

    public bool KeepsConnection => Header("connection").ToLowerInvariant() is var connection
        && (IsHttp10 ? connection == "keep-alive" : connection != "close");

    /// <summary>The seconds to wait, clamped to 0..3600. Any value but a whole number, such as a date, is 0.</summary>
    public int RetryAfter => long.TryParse(Header("retry-after"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        ? (int)Math.Clamp(value, 0, MaxRetryAfter)
        : 0;

    private string Header(string name) => Headers.GetValueOrDefault(name, "");
}
