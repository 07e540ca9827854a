using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Azker.BlobService;

/// <summary>The service's answer.</summary>
internal sealed record LeaseAnswer(int Status, string? Error = null)
{
    public Dictionary<string, string> Headers { get; } = [];

    public byte[] Body { get; init; } = [];

    /// <summary>The answer as the service sends it over HTTP.</summary>
    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        byte[] body = Error is null ? Body : Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{Error}</Code></Error>");
        var response = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request, Content = new ByteArrayContent(body) };
        if (Error is not null)
        {
            response.Headers.Add("x-ms-error-code", Error);
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        }

        foreach ((string name, string value) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
