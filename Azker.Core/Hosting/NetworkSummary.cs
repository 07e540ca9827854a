using System.Net;
using Azker.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>Says at the start which way the calls of the Bot API go, if it is not the direct way to Telegram.</summary>
internal sealed partial class NetworkSummary(BotOptions bot, NetworkOptions network, ILogger<NetworkSummary> logger)
{
    public void Write()
    {
        IWebProxy? proxy = ProxyRules.ForTelegram(network, bot.ApiUrl);
        if (proxy is not null && !proxy.IsBypassed(bot.ApiUrl) && proxy.GetProxy(bot.ApiUrl) is { } address)
        {
            Log.Proxy(logger, ProxyAddress.Show(address));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7061, LogLevel.Information, "The calls of the Bot API go through the proxy {Proxy}.")]
        public static partial void Proxy(ILogger logger, string proxy);
    }
}
