namespace Azker.BlobService;

/// <summary>A request to the service: an operation on a blob, or on all blobs whose names start with a prefix.</summary>
internal sealed record LeaseCall(string Operation, string Container, string Blob, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public const string CreateContainer = "create-container";
    public const string List = "list";
    public const string Read = "read";
    public const string Properties = "properties";
    public const string Write = "write";
    public const string Delete = "delete";
    public const string Acquire = "acquire";
    public const string Renew = "renew";
    public const string Change = "change";
    public const string Release = "release";
    public const string Break = "break";

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static async Task<LeaseCall> FromAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return From(request.Method.Method, request.RequestUri!, headers, body);
    }

    public static LeaseCall From(string method, Uri url, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        string[] path = url.AbsolutePath.Split('/', 4);
        string operation = method switch
        {
            "PUT" when url.Query.Contains("restype=container", StringComparison.Ordinal) => CreateContainer,
            "PUT" when url.Query.Contains("comp=lease", StringComparison.Ordinal) => headers["x-ms-lease-action"],
            "PUT" => Write,
            "HEAD" => Properties,
            "GET" when url.Query.Contains("comp=list", StringComparison.Ordinal) => List,
            "GET" => Read,
            "DELETE" => Delete,
            _ => throw new NotSupportedException($"The service does not know {method} {url}."),
        };
        string blob = operation == List ? PrefixOf(url.Query) : path.Length > 3 ? Uri.UnescapeDataString(path[3]) : "";
        return new LeaseCall(operation, path[2], blob, headers, body);
    }

    /// <summary>The prefix of the names of the blobs to list.</summary>
    private static string PrefixOf(string query) => Uri.UnescapeDataString(
        query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("prefix=", StringComparison.Ordinal))?["prefix=".Length..] ?? "");
}
