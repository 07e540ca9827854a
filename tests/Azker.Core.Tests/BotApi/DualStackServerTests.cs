using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Tests.BotApi;

/// <summary>Servers whose IPv6 address leads nowhere.</summary>
public sealed class DualStackServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly DualStackHost _host = DualStackHost.WithFullBacklog();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Polls_and_webhook_calls_are_answered() =>
        await InTime(BotApiClients.ForReceiving(Bot(), new NetworkOptions(), Race()).DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_calls_of_handlers_are_answered() => await InTime(
        BotApiClients.ForHandlers(Bot(), new NetworkOptions(), Race(), NullLogger<ChatMigrationHandler>.Instance).DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_server_that_cannot_be_connected_is_given_up_after_TELEGRAM_CONNECT_TIMEOUT()
    {
        NetworkOptions network = Settings.Read((SettingNames.TelegramConnectTimeout, "1")).Network;
        var race = new AddressRace((_, _) => Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback]), TimeProvider.System);
        TelegramBotClient client = BotApiClients.ForReceiving(Bot(), network, race);

        await Assert.ThrowsAnyAsync<RequestException>(() => InTime(client.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_health_of_the_target_is_answered()
    {
        AzkerOptions options = Settings.Read((SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, _host.Url.AbsoluteUri));
        using var probe = new HttpTargetProbe(options.Webhook, options.Bot, options.Network, _host.ResolveAsync, TimeProvider.System);

        Task<TargetHealth> health = probe.ProbeAsync(TestContext.Current.CancellationToken);

        await InTime(health);
        Assert.Equal("/health answers 200 without a health report.", (await health).Reason);
    }

    private BotOptions Bot() => Settings.Read((SettingNames.TelegramApiUrl, _host.Url.AbsoluteUri)).Bot;

    private AddressRace Race() => new(_host.ResolveAsync, TimeProvider.System);

    private static Task InTime(Task call) => call.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
}
