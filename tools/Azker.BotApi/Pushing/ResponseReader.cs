using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace Azker.BotApi.Pushing;

/// <summary>Reads the answers of a webhook from a connection, as strictly and as leniently as the Bot API server.</summary>
internal sealed class ResponseReader(Stream stream)
{
    private const int MaxBodyBytes = 150 << 20;
    private const string TooLarge = "Request Entity Too Large: too many parameters";

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 32 << 10));

    /// <summary>Waits until data arrives. The result is false when the webhook closes the connection instead.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        ReadResult read = await _pipe.ReadAsync(cancellationToken);
        _pipe.AdvanceTo(read.Buffer.Start);
        return !read.Buffer.IsEmpty;
    }

    /// <exception cref="WebhookFault">The Bot API server does not understand the answer.</exception>
    /// <exception cref="EndOfStreamException">The connection ended within the answer.</exception>
    public async Task<WebhookResponse> ReadAsync(CancellationToken cancellationToken)
    {
        string[] status = (await ReadLineAsync(cancellationToken)).Split(' ', 3);
        if (status[0] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            throw new WebhookFault("HTTP Version Not Supported");
        }

        if (status.Length < 2 || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            throw new WebhookFault("Bad Request");
        }

        Dictionary<string, string> headers = await ReadHeadersAsync(cancellationToken);
        byte[] body = Decode(await ReadBodyAsync(headers, cancellationToken), headers.GetValueOrDefault("content-encoding", ""));
        return new WebhookResponse(code, status.Length > 2 ? status[2].Trim() : "", headers, body, status[0] == "HTTP/1.0");
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>();
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }

    /// <summary>A body with neither a length nor chunks is not read: it breaks the next answer on the connection.</summary>
    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("transfer-encoding", out string? encoding))
        {
            return encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                ? await ReadChunksAsync(cancellationToken)
                : throw new WebhookFault("Not Implemented");
        }

        return headers.TryGetValue("content-length", out string? length) ? await ReadAsync(ParseLength(length, 10), cancellationToken) : [];
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        int length;
        while ((length = ParseLength((await ReadLineAsync(cancellationToken)).Split(';')[0].Trim(), 16)) > 0)
        {
            body.Write(await ReadAsync(length, cancellationToken));
            await ReadLineAsync(cancellationToken);
            if (body.Length > MaxBodyBytes)
            {
                throw new WebhookFault(TooLarge);
            }
        }

        while ((await ReadLineAsync(cancellationToken)).Length > 0)
        {
            // The Bot API server ignores trailers.
        }

        return body.ToArray();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await _pipe.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                string line = Encoding.Latin1.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                _pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            ThrowIfEnded(read);
        }
    }

    private async Task<byte[]> ReadAsync(int length, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return [];
        }

        ReadResult read = await _pipe.ReadAtLeastAsync(length, cancellationToken);
        if (read.Buffer.Length < length)
        {
            throw new EndOfStreamException();
        }

        byte[] bytes = read.Buffer.Slice(0, length).ToArray();
        _pipe.AdvanceTo(read.Buffer.GetPosition(length));
        return bytes;
    }

    private static int ParseLength(string text, int radix)
    {
        NumberStyles style = radix == 16 ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        long length = long.TryParse(text, style, CultureInfo.InvariantCulture, out long value) ? value : throw new WebhookFault("Bad Request");
        return length is >= 0 and <= MaxBodyBytes ? (int)length : throw new WebhookFault(TooLarge);
    }

    private static byte[] Decode(byte[] body, string encoding)
    {
        if (body.Length == 0 || encoding.Length == 0)
        {
            return body;
        }

        using var source = new MemoryStream(body);
        using Stream decoder = encoding.ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => throw new WebhookFault("Unsupported Media Type: unsupported content-encoding"),
        };
        using var plain = new MemoryStream();
        try
        {
            decoder.CopyTo(plain);
        }
        catch (InvalidDataException)
        {
            throw new WebhookFault("Bad Request");
        }

        return plain.ToArray();
    }

    private static void ThrowIfEnded(ReadResult read)
    {
        if (read.IsCompleted)
        {
            throw new EndOfStreamException();
        }
    }
}
