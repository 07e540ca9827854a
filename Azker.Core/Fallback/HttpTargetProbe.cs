using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Webhook;

namespace Azker.Core.Fallback;

/// <summary>Probes the target with a request to <c>WEBHOOK_HEALTH_URL</c>, or to <c>/health</c> beside <c>WEBHOOK_URL</c>.</summary>
internal sealed class HttpTargetProbe : ITargetProbe, IDisposable
{
    private const int MaxAnswerLength = 64 * 1024;

    /// <summary>A Functions app may take this long from its start to its first answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly BotOptions _bot;
    private readonly TimeProvider _timeProvider;
    private readonly HttpClient _client;
    private readonly Uri? _url;

    public HttpTargetProbe(WebhookOptions webhook, BotOptions bot, NetworkOptions network, DnsLookup resolve, TimeProvider timeProvider)
    {
        (_bot, _timeProvider) = (bot, timeProvider);
        _url = webhook.HealthUrl ?? (webhook.Url is { } url ? HealthUrl(url, webhook.Path) : null);
        var race = new AddressRace(resolve, timeProvider, () => webhook.Certificate is { } certificate ? certificate.Latest(out _).ToTrust() : null);
        IWebProxy? proxy = ProxyRules.ForHealth(network);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = race.ConnectAsync,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            Proxy = proxy,
            UseProxy = proxy is not null,
            SslOptions = { CertificateChainPolicy = race.Trust },
        };
        _client = new HttpClient(new FailedRequestHandler(race, sockets)) { MaxResponseContentBufferSize = MaxAnswerLength };
    }

    public async Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(GetHealthAsync, WebhookOptions.HealthPath, Timeout, _timeProvider, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or TimeoutException)
        {
            return new TargetHealth(TargetState.Unknown, $"{WebhookOptions.HealthPath} cannot be reached: {Describe(error)}.");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<TargetHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _client.GetAsync(_url, cancellationToken);
        if (response.Headers.TryGetValues(BotFingerprint.Header, out IEnumerable<string>? bots) && !BotFingerprint.IsFor(bots, _bot.Token))
        {
            return new TargetHealth(TargetState.Unknown, $"{WebhookOptions.HealthPath} is the report of another bot.");
        }

        int status = (int)response.StatusCode;
        if (IsUsable(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is { } isUsable)
        {
            return isUsable ? new TargetHealth(TargetState.Healthy) : new TargetHealth(TargetState.Unhealthy, $"{WebhookOptions.HealthPath} reports that no updates are received.");
        }

        return response.StatusCode >= HttpStatusCode.InternalServerError
            ? new TargetHealth(TargetState.Unhealthy, $"{WebhookOptions.HealthPath} answers {status}.")
            : new TargetHealth(TargetState.Unknown, $"{WebhookOptions.HealthPath} answers {status} without a health report.");
    }

    /// <summary>The webhook and the health lie below the same path, which the proxy in front of the target removes.</summary>
    private static Uri HealthUrl(Uri webhook, string path)
    {
        string prefix = webhook.AbsolutePath.EndsWith(path, StringComparison.Ordinal) ? webhook.AbsolutePath[..^path.Length] : "";
        return new Uri(webhook, prefix + WebhookOptions.HealthPath);
    }

    /// <returns>Whether the target receives, or would if Telegram called it; <see langword="null"/> if the body is not a health report.</returns>
    private static bool? IsUsable(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var report = JsonDocument.Parse(body);
            return report.RootElement.ValueKind == JsonValueKind.Object && report.RootElement.TryGetProperty("active"u8, out JsonElement active)
                ? active.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => IsServingStandby(report.RootElement), _ => null }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the target serves the webhook and waits for the lock, which this instance may hold: it handles each request. A standby
    /// that would poll is another fallback, and handles none.
    /// </summary>
    private static bool IsServingStandby(JsonElement report) => Is(report, "status", "standby") && Is(report, "mode", "webhook");

    private static bool Is(JsonElement report, string name, string value) =>
        report.TryGetProperty(name, out JsonElement element) && element.ValueKind == JsonValueKind.String && element.ValueEquals(value);

    /// <summary>Describes the error without its message, which would name the host and port.</summary>
    private static string Describe(Exception error) => error switch
    {
        TimeoutException => "no answer in time",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => $"{http.HttpRequestError}",
        _ => error.GetType().Name,
    };
}
