using System.Net.Http.Headers;
using Azker.Core.Hosting;
using Azker.Core.Webhook;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Sends two requests to the webhook that carry no update.</summary>
internal sealed class WebhookAnswerChecks : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly AzkerBot _bot;
    private readonly Uri _url;
    private readonly HttpClient _client;

    public WebhookAnswerChecks(AzkerBot bot, Uri url)
    {
        (_bot, _url) = (bot, url);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, SslOptions = { CertificateChainPolicy = bot.Options.Webhook.Certificate?.ToTrust() } };
        _client = new HttpClient(handler) { Timeout = Limit };
    }

    /// <summary>A request without the secret must be refused with 401.</summary>
    public async Task<Finding> RefusesAsync(CancellationToken cancellationToken) => await SendAsync(secret: null, cancellationToken) switch
    {
        { Status: 401 } => Finding.Ok("webhook-refuses", Texts.CheckRefusesOk),
        { Status: { } status } => Finding.Problem("webhook-refuses", Texts.FormatCheckRefusesNot(status), Texts.CheckPathRemedy),
        { Fault: var fault } => Finding.Problem("webhook-refuses", Texts.FormatCheckNoAnswer(fault), Texts.CheckConnectionRemedy),
    };

    /// <summary>A request with the secret and without JSON is refused with 415 after the secret was checked, so that no update is handled.</summary>
    public async Task<Finding> AcceptsAsync(CancellationToken cancellationToken) =>
        await SendAsync(_bot.Receiver.GetRequiredService<SecretToken>().Reveal(), cancellationToken) switch
        {
            { Status: 415 } => Finding.Ok("webhook-accepts", Texts.CheckAcceptsOk),
            { Status: 401 } => Finding.Problem("webhook-accepts", Texts.CheckAcceptsNot, Texts.CheckSecretRemedy),
            { Status: { } status } => Finding.Problem("webhook-accepts", Texts.FormatCheckAcceptsOther(status), Texts.CheckPathRemedy),
            { Fault: var fault } => Finding.Problem("webhook-accepts", Texts.FormatCheckNoAnswer(fault), Texts.CheckConnectionRemedy),
        };

    public void Dispose() => _client.Dispose();

    private async Task<(int? Status, string? Fault)> SendAsync(string? secret, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new StringContent("check") };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        if (secret is not null)
        {
            request.Headers.Add(WebhookRequest.SecretTokenHeader, secret);
        }

        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode, null);
        }
        catch (HttpRequestException error)
        {
            return (null, $"{error.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Texts.FormatNoAnswer(Limit.TotalSeconds));
        }
    }
}
