using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace Azker.Functions.Tests.Hosting;

/// <summary>An HTTP request as the host passes it on: with header names in lower case, and without a chunked body.</summary>
internal sealed record HttpCall(string Method, string Path, string? Body = null)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public bool IsChunked { get; init; }

    public IEnumerable<(string Name, string Value)> RouteValues => Method == "POST" ? [("path", Path.TrimStart('/'))] : [];

    public ParameterBinding ToBinding(string parameter)
    {
        var http = new RpcHttp { Method = Method, Url = $"http://localhost:7071{Path}" };
        foreach ((string name, string value) in Headers)
        {
            http.NullableHeaders[name.ToLowerInvariant()] = new NullableString { Value = value };
        }

        foreach ((string name, string value) in RouteValues)
        {
            http.NullableParams[name] = new NullableString { Value = value };
        }

        if (IsChunked)
        {
            http.NullableHeaders["transfer-encoding"] = new NullableString { Value = "chunked" };
        }
        else if (Body is not null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(Body);
            http.NullableHeaders["content-length"] = new NullableString { Value = bytes.Length.ToString(CultureInfo.InvariantCulture) };
            http.Body = new TypedData { Bytes = ByteString.CopyFrom(bytes) };
        }

        return new ParameterBinding { Name = parameter, Data = new TypedData { Http = http } };
    }
}
