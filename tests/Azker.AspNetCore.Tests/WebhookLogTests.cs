using Azker.Core.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Types;

namespace Azker.AspNetCore.Tests;

public sealed class WebhookLogTests
{
    [Fact]
    public async Task A_hundred_ordinary_updates_log_no_line_of_Azker_of_the_level_Information_or_above()
    {
        int handled = 0;
        await using WebHost host = await WebHost.StartAsync(
            (services, web) => services.AddAzker(options => web.Configure(options)).AddHandler((Update _, ILogger<WebhookLogTests> logger) =>
            {
                Interlocked.Increment(ref handled);
                logger.Log(LogLevel.Warning, "handled");
            }),
            application => application.MapAzker());
        await Eventually.IsTrue(() => host.RegisteredUrl().Length > 0, "the webhook is registered");
        host.Server.Bot(WebHost.Token).EnqueueText(5, 5, "the first update");
        await Eventually.IsTrue(() => Volatile.Read(ref handled) == 1, "the first update is handled");
        int before = host.Log.Lines.Count;

        for (int i = 0; i < 100; i++)
        {
            host.Server.Bot(WebHost.Token).EnqueueText(1 + (i % 10), 5, "hello");
        }

        await Eventually.IsTrue(() => Volatile.Read(ref handled) == 101 && host.Server.Bot(WebHost.Token).Statistics.Pending == 0, "all updates are settled");

        Assert.DoesNotContain(
            host.Log.Lines.Skip(before).Where(line => !IsOfHandler(line)),
            line => line.Level >= LogLevel.Information && line.Category.StartsWith("Azker.", StringComparison.Ordinal));
        LogLine line = host.Log.Lines.Last(IsOfHandler);
        Assert.Equal(("message", "webhook"), (line.Scope["update_kind"], line.Scope["receive_mode"]));
    }

    private static bool IsOfHandler(LogLine line) => line.Category == typeof(WebhookLogTests).FullName;
}
