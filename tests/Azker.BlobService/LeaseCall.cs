using System.Net;

namespace Azker.BlobService;

/// <summary>A request to the service: what is asked of which blob.</summary>
internal sealed record LeaseCall(string Operation, string Container, string Blob, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public const string CreateContainer = "create-container";
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

    public static LeaseCall From(string method, Uri url, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        string[] path = url.AbsolutePath.Split('/', 4);
        string operation = method switch
        {
            "PUT" when url.Query.Contains("restype=container", StringComparison.Ordinal) => CreateContainer,
            "PUT" when url.Query.Contains("comp=lease", StringComparison.Ordinal) => headers["x-ms-lease-action"],
            "PUT" => Write,
            "HEAD" => Properties,
            "GET" => Read,
            "DELETE" => Delete,
            _ => throw new NotSupportedException($"The service does not know {method} {url}."),
        };
        return new LeaseCall(operation, path[2], path.Length > 3 ? path[3] : "", headers, body);
    }
}

/// <summary>The service's answer.</summary>
internal sealed record LeaseAnswer(int Status, string? Error = null)
{
    public Dictionary<string, string> Headers { get; } = [];

    public byte[] Body { get; init; } = [];

    public HttpStatusCode StatusCode => (HttpStatusCode)Status;
}
