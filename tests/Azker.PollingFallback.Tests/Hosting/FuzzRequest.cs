using System.Text;
using Azker.Core.Webhook;

namespace Azker.PollingFallback.Tests.Hosting;

/// <summary>One request of the fuzz test, made from its number and the seed alone, so that it can be made again.</summary>
internal sealed class FuzzRequest
{
    private const string RightHeader = $"{WebhookRequest.SecretTokenHeader}: {ConsoleServerHost.Secret}\r\n";

    private static readonly string[] SecretHeaders =
    [
        "",
        "X-Telegram-Bot-Api-Secret-Token: \r\n",
        "X-Telegram-Bot-Api-Secret-Token: the-right-secre\r\n",
        "X-Telegram-Bot-Api-Secret-Token: the-right-secret-\r\n",
        "X-Telegram-Bot-Api-Secret-Token: THE-RIGHT-SECRET\r\n",
        "X-Telegram-Bot-Api-Secret-Token: the-right-secret, the-right-secret\r\n",
        "X-Telegram-Bot-Api-Secret: the-right-secret\r\n",
        "Authorization: the-right-secret\r\n",
        RightHeader + RightHeader,
    ];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json; charset=utf-8", "application/json;charset=\"", "text/plain", "", "multipart/form-data; boundary=x", "\u0001"];

    private static readonly string[] Bodies =
        ["", "{", "[]", "null", "\"", "{\"update_id\":1e3}", "{\"update_id\":99999999999}", "\ufeff{}", "\0\0\0", new('[', 5000), new('9', 5000)];

    private static readonly string[] Methods = ["POST", "GET", "PUT", "HEAD", "OPTIONS", "TRACE", "post", "CONNECT", "P\u00d6ST"];

    private readonly Random _random;

    public FuzzRequest(int number, int seed)
    {
        _random = new Random(unchecked((number * 1_000_003) + seed));
        UpdateId = number + 1;
        IsStalling = _random.Next(1000) == 0;
        IsAborted = !IsStalling && _random.Next(20) == 0;
        Bytes = _random.Next(50) == 0 ? Noise() : Mutate(Compose());
    }

    public int UpdateId { get; }

    public byte[] Bytes { get; }

    /// <summary>The client sends half of the request, and then nothing.</summary>
    public bool IsStalling { get; }

    /// <summary>The client sends half of the request, and then closes the connection.</summary>
    public bool IsAborted { get; }

    /// <summary>Whether the head, after all mutations, has the right secret in the right header, and has that header once.</summary>
    public bool IsAuthorized
    {
        get
        {
            string[] lines = Encoding.Latin1.GetString(Bytes).Split('\n');
            string[] values =
            [
                .. lines.TakeWhile(line => line.TrimEnd('\r').Length > 0)
                    .Select(line => line.Split(':', 2))
                    .Where(parts => parts.Length == 2 && parts[0].Equals(WebhookRequest.SecretTokenHeader, StringComparison.OrdinalIgnoreCase))
                    .Select(parts => parts[1].Trim(' ', '\t', '\r')),
            ];
            return values is [ConsoleServerHost.Secret];
        }
    }

    /// <summary>Whether the request is exactly as Telegram sends it.</summary>
    public bool IsGood { get; private set; }

    /// <summary>Cuts the request into packets.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Packets()
    {
        int end = IsStalling || IsAborted ? Bytes.Length / 2 : Bytes.Length;
        for (int start = 0; start < end;)
        {
            int length = _random.Next(4) == 0 ? Math.Min(end - start, _random.Next(1, 200)) : end - start;
            yield return Bytes.AsMemory(start, length);
            start += length;
        }
    }

    public override string ToString() => $"{UpdateId}: {Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(400, Bytes.Length)))}";

    private byte[] Compose()
    {
        int shape = _random.Next(10);
        IsGood = shape < 3;
        string secret = IsGood || _random.Next(3) == 0 ? RightHeader : Pick(SecretHeaders);
        string method = IsGood || _random.Next(3) > 0 ? "POST" : Pick(Methods);
        string path = IsGood || _random.Next(5) > 0 ? "/webhook" : Pick(["/", "/webhook?x=1", "//webhook", "/webhook/..", "/%77ebhook", "*", "http://x/webhook", "/\u00e9"]);
        string type = IsGood ? ContentTypes[0] : Pick(ContentTypes);
        string body = IsGood || _random.Next(3) > 0 ? $"{{\"update_id\":{UpdateId},\"message\":{{\"chat\":{{\"id\":{_random.Next()}}},\"text\":\"\u0633\"}}}}" : Pick(Bodies);
        return shape == 9 ? Chunked(method, path, secret, type, body) : Plain(method, path, secret, type, body);
    }

    private byte[] Plain(string method, string path, string secret, string type, string body)
    {
        long length = Encoding.UTF8.GetByteCount(body);
        if (!IsGood && _random.Next(6) == 0)
        {
            length = Pick([0L, length - 1, length + 1, 2_000_000, long.MaxValue, -1]);
        }

        string extra = IsGood || _random.Next(20) > 0 ? "" : $"X-Extra: {new string('x', _random.Next(40_000))}\r\n";
        return Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: x\r\n{secret}Content-Type: {type}\r\n{extra}Content-Length: {length}\r\n\r\n{body}");
    }

    private byte[] Chunked(string method, string path, string secret, string type, string body)
    {
        string size = _random.Next(3) > 0 ? $"{Encoding.UTF8.GetByteCount(body):x}" : Pick(["0", "ffffffffffffffff", "-1", "zz", ""]);
        return Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: x\r\n{secret}Content-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{body}\r\n0\r\n\r\n");
    }

    private byte[] Noise()
    {
        byte[] bytes = new byte[_random.Next(1, 5000)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Mutate(byte[] bytes)
    {
        if (_random.Next(2) == 0 || IsStalling || IsAborted)
        {
            return bytes;
        }

        IsGood = false;
        List<byte> mutated = [.. bytes];
        for (int count = _random.Next(1, 6); count > 0 && mutated.Count > 0; count--)
        {
            int at = _random.Next(mutated.Count);
            switch (_random.Next(4))
            {
                case 0:
                    mutated[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    mutated.Insert(at, (byte)_random.Next(256));
                    break;
                case 2:
                    mutated.RemoveAt(at);
                    break;
                default:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
            }
        }

        return [.. mutated];
    }

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
