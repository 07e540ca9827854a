using Azker.Core.Configuration;

namespace Azker.Core.BotApi;

/// <summary>
/// Puts the bot's token and the path of <c>TELEGRAM_API_URL</c>, which Telegram.Bot leaves out, into the URL of a request that is sent,
/// and removes them afterwards. Everything above this handler (the client, its exceptions, the logging and telemetry of
/// <see cref="HttpClient"/>) sees a masked URL only.
/// </summary>
internal sealed class BotTokenHandler(BotToken token, string path, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly string _masked = $"/bot{Mask(token)}/";

    /// <summary>The text in place of the token. It has the form of a token, because Telegram.Bot reads the bot's id from it.</summary>
    public static string Mask(BotToken token) => $"{token.BotId}:token";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri masked = request.RequestUri!;
        string pathAndQuery = masked.PathAndQuery.Replace(_masked, $"/bot{token.Reveal()}/", StringComparison.Ordinal);
        request.RequestUri = new Uri(masked.GetLeftPart(UriPartial.Authority) + path.TrimEnd('/') + pathAndQuery);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = masked;
        }
    }
}
