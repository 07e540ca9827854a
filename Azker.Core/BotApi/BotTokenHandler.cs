using Azker.Core.Configuration;

namespace Azker.Core.BotApi;

/// <summary>
/// Puts the bot's token into the request's URL on its way out, and takes it out again. Everything above it (the client,
/// its exceptions, the logging and telemetry of <see cref="HttpClient"/>) sees a masked URL only.
/// </summary>
internal sealed class BotTokenHandler(BotToken token, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly string _masked = $"/bot{Mask(token)}/";

    /// <summary>What stands for the token: it has a token's form, which Telegram.Bot reads the bot's id from.</summary>
    public static string Mask(BotToken token) => $"{token.BotId}:token";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri masked = request.RequestUri!;
        request.RequestUri = new Uri(masked.AbsoluteUri.Replace(_masked, $"/bot{token.Reveal()}/", StringComparison.Ordinal));
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
