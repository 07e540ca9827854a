using System.Globalization;
using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Compares the clock of this machine with that of the Bot API server.</summary>
internal sealed class ClockCheck(AzkerBot bot)
{
    private const string Check = "clock";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>More than a slow answer and whole seconds explain; tokens of Azure allow 5 min.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>The request has no token: the server says its time in every answer.</summary>
    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        Uri server = bot.Options.Bot.ApiUrl;
        IWebProxy? proxy = ProxyRules.ForTelegram(bot.Options.Network, server);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = proxy, UseProxy = proxy is not null }) { Timeout = Limit };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(server, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.Headers.Date is { } date ? Compare(date) : Finding.Ok(Check, Texts.CheckClockUnknown);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Finding.Warning(Check, Texts.CheckClockUnknown, Texts.CheckNetworkRemedy);
        }
    }

    private static Finding Compare(DateTimeOffset server)
    {
        TimeSpan skew = TimeProvider.System.GetUtcNow() - server;
        string seconds = Math.Round(skew.TotalSeconds).ToString("+0;-0;0", CultureInfo.InvariantCulture);
        return skew.Duration() <= Tolerance
            ? Finding.Ok(Check, Texts.FormatCheckClock(seconds))
            : Finding.Warning(Check, Texts.FormatCheckClock(seconds), Texts.CheckClockRemedy);
    }
}
