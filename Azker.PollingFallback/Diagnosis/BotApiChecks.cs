using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks the way to the Bot API server, the token, and the clock.</summary>
internal sealed class BotApiChecks(AzkerBot bot)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Uri _server = bot.Options.Bot.ApiUrl;

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ProxyAddressOf() is { } proxy)
        {
            yield return Finding.Ok("telegram-proxy", Texts.FormatCheckProxy(ProxyAddress.Show(proxy)));
        }
        else
        {
            IPAddress[] addresses = await HostAddresses.FindAsync(bot, _server, cancellationToken);
            yield return await CheckFamilyAsync("telegram-ipv4", addresses, AddressFamily.InterNetwork, cancellationToken);
            yield return await CheckFamilyAsync("telegram-ipv6", addresses, AddressFamily.InterNetworkV6, cancellationToken);
        }

        yield return await CheckTokenAsync(cancellationToken);
        yield return await new ClockCheck(bot).RunAsync(cancellationToken);
    }

    private Uri? ProxyAddressOf()
    {
        IWebProxy? proxy = ProxyRules.ForTelegram(bot.Options.Network, _server);
        return proxy is null || proxy.IsBypassed(_server) ? null : proxy.GetProxy(_server);
    }

    /// <summary>One family is enough, so that a fault of the other is a warning.</summary>
    private async Task<Finding> CheckFamilyAsync(string check, IPAddress[] addresses, AddressFamily family, CancellationToken cancellationToken)
    {
        IPAddress? address = addresses.FirstOrDefault(address => address.AddressFamily == family);
        if (address is null)
        {
            return addresses.Length > 0
                ? Finding.Ok(check, Texts.FormatCheckNoFamily(_server.IdnHost))
                : Finding.Problem(check, Texts.FormatCheckDnsFailed(_server.IdnHost), Texts.CheckNetworkRemedy);
        }

        Finding found = await new ConnectionCheck(_server, certificate: null).RunAsync(address, cancellationToken);
        bool hasOther = addresses.Any(other => other.AddressFamily != family);
        return found with { Check = check, State = found.State == FindingState.Problem && hasOther ? FindingState.Warning : found.State, Remedy = found.Remedy is null ? null : Texts.CheckNetworkRemedy };
    }

    private async Task<Finding> CheckTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var client = bot.Receiver.GetRequiredKeyedService<ITelegramBotClient>(BotApiClients.Receiving);
            User me = await BotApiCall.RunAsync("getMe", token => client.GetMe(token), Limit, TimeProvider.System, cancellationToken);
            return Finding.Ok("token", Texts.FormatCheckTokenOk(me.Id, $"@{me.Username}"));
        }
        catch (BotApiException error)
        {
            return error.Fault.Kind is BotApiFaultKind.Rejected or BotApiFaultKind.LoggedOut
                ? Finding.Problem("token", Texts.FormatCheckCallFault(error.Fault.Method, error.Fault.Detail), Texts.CheckTokenRemedy)
                : Finding.Problem("token", Texts.FormatCheckCallFault(error.Fault.Method, error.Fault.Detail), Texts.CheckNetworkRemedy);
        }
    }
}
