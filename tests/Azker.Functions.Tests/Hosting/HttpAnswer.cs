using System.Globalization;

namespace Azker.Functions.Tests.Hosting;

/// <summary>The answer of a function to an HTTP request.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static HttpAnswer Of(RpcHttp http) => new(
        int.Parse(http.StatusCode, CultureInfo.InvariantCulture),
        new Dictionary<string, string>(http.Headers, StringComparer.OrdinalIgnoreCase),
        http.Body?.Bytes.ToStringUtf8() ?? "");

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
