using System.Diagnostics;
using Azker.Core.Telemetry;

namespace Azker.Core.BotApi;

/// <summary>
/// Records each request to the Bot API server as a span that is named after the method. The URL of the request contains the token, so
/// the span has no URL.
/// </summary>
internal sealed class BotApiSpanHandler(long botId, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using Activity? span = Start(request.RequestUri!);
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            span?.End(response);
            return response;
        }
        catch (Exception error)
        {
            span?.Fail(error);
            throw;
        }
    }

    private Activity? Start(Uri url) => AzkerTelemetry.Source.HasListeners()
        ? AzkerTelemetry.Source.StartActivity(NameOf(url), ActivityKind.Client)?
            .SetTag(TelemetryTags.BotId, botId)
            .SetTag(TelemetryTags.ServerAddress, url.Host)
            .SetTag(TelemetryTags.ServerPort, url.Port)
        : null;

    /// <summary>The method; the path of a file may name a user.</summary>
    private static string NameOf(Uri url) =>
        url.AbsolutePath.StartsWith("/file/", StringComparison.Ordinal) ? "download file" : url.Segments[^1];
}
