using System.Diagnostics.Metrics;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Telemetry;

/// <summary>The metrics of several bots in one process, which share a meter.</summary>
public sealed class SeveralBotsTests
{
    [Fact]
    public async Task The_measurements_of_each_bot_have_its_own_id()
    {
        // The lock of a bot holds on the whole machine, so another process that runs this test needs other bots.
        long first = Random.Shared.NextInt64(1, 1_000_000_000_000);
        long second = first + 1;
        using var data = new TempDirectory();
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        Add(services, data, "sales", $"{first}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Add(services, data, "support", $"{second}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        await using ServiceProvider provider = services.BuildServiceProvider();
        IServiceProvider sales = provider.GetRequiredKeyedService<AzkerBot>("sales").Receiver;
        IServiceProvider support = provider.GetRequiredKeyedService<AzkerBot>("support").Receiver;
        Meter meter = sales.GetRequiredService<BotMeter>().Meter;
        Assert.Same(meter, support.GetRequiredService<BotMeter>().Meter);
        using var metrics = new MetricRecorder(meter);
        sales.GetRequiredService<ReceiverMetrics>();

        sales.GetRequiredService<ReceiverStatus>().Mode = ReceiverMode.Polling;
        support.GetRequiredService<ReceiverStatus>().Mode = ReceiverMode.Webhook;
        support.GetRequiredService<ReceiverStatus>().CountConflict();
        await using IInstanceLockHandle? held = await support.GetRequiredService<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken);
        metrics.Observe("azker.lock.held");

        Assert.Equal([(first, 1), (second, 1)], metrics.BotsOf("azker.receiver.changes"));
        Assert.Equal([(second, 1)], metrics.BotsOf("azker.conflicts"));
        Assert.Equal([(first, 0), (second, 1)], metrics.BotsOf("azker.lock.held"));
    }

    private static void Add(IServiceCollection services, TempDirectory data, string name, string token) => services.AddAzker(name, options =>
    {
        options.Bot.Token = token;
        options.Storage.DataDirectory = data[name];
    });
}
