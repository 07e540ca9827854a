using System.Net;
using System.Text;

namespace Azker.Simulation.Storage;

/// <summary>An answer of the table service.</summary>
internal sealed record TableAnswer(int Status, string? Error = null)
{
    public string? ETag { get; init; }

    public string Body { get; init; } = "";

    public HttpResponseMessage ToResponse(HttpRequestMessage request, DateTimeOffset now)
    {
        string body = Error is null ? Body : $$"""{ "odata.error": { "code": "{{Error}}", "message": { "lang": "en-US", "value": "{{Error}}" } } }""";
        var response = new HttpResponseMessage((HttpStatusCode)Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { { "Content-Type", "application/json" } } },
        };
        response.Headers.Date = now;
        if (ETag is not null)
        {
            response.Headers.TryAddWithoutValidation("ETag", ETag);
        }

        if (Error is not null)
        {
            response.Headers.Add("x-ms-error-code", Error);
        }

        return response;
    }
}
