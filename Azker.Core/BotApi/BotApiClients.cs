using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Core.BotApi;

/// <summary>Creates the clients for the Bot API server.</summary>
internal static class BotApiClients
{
    /// <summary>The key of the client for polls and webhook calls. The client without a key is for handlers.</summary>
    public const string Receiving = "receiving";

    private const long LargestAnswer = 64 * 1024 * 1024;

    /// <summary>
    /// A client for handlers: it waits by itself when a 429 asks for 60 s or less (at most 3 calls), follows a group that became a
    /// supergroup, recognizes a lost answer, and gives up a call after 100 s.
    /// </summary>
    public static TelegramBotClient ForHandlers(BotOptions bot, NetworkOptions network, AddressRace race, ILogger<ChatMigrationHandler> logger) =>
        new(Options(bot), Http(new ChatMigrationHandler(logger, new AnswerLossHandler(LargestAnswer, Sockets(bot, network, race))), TimeSpan.FromSeconds(100)));

    /// <summary>A client for polls and webhook calls: its caller decides on every wait.</summary>
    public static TelegramBotClient ForReceiving(BotOptions bot, NetworkOptions network, AddressRace race)
    {
        TelegramBotClientOptions options = Options(bot);
        options.RetryCount = 1;
        return new TelegramBotClient(options, Http(Sockets(bot, network, race), Timeout.InfiniteTimeSpan));
    }

    private static TelegramBotClientOptions Options(BotOptions bot) => new(
        BotTokenHandler.Mask(bot.Token),
        bot.IsTelegramServer ? null : bot.ApiUrl.GetLeftPart(UriPartial.Authority),
        bot.TestEnvironment);

    private static BotApiSpanHandler Sockets(BotOptions bot, NetworkOptions network, AddressRace race)
    {
        IWebProxy? proxy = ProxyRules.ForTelegram(network, bot.ApiUrl);
        return new BotApiSpanHandler(bot.Token.BotId, new BotTokenHandler(bot.Token, bot.ApiUrl.AbsolutePath, new FailedRequestHandler(race, new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = race.ConnectAsync,
            ConnectTimeout = network.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            // With a propagator, this handler creates an activity whose url.full contains the token.
            ActivityHeadersPropagator = null,
            Proxy = proxy,
            UseProxy = proxy is not null,
            SslOptions = { CertificateChainPolicy = race.Trust },
        })));
    }

    private static HttpClient Http(HttpMessageHandler handler, TimeSpan timeout)
    {
        var client = new HttpClient(handler)
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"Azker/{AzkerVersion.Current}");
        return client;
    }
}
