using Azker.Core.Configuration;
using Azker.Core.Polling;
using Azker.Core.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Polling;

/// <summary>A server or proxy that does not hold polls is not flooded with them.</summary>
public sealed class PollPacerTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(0.001);

    [Fact]
    public void After_three_idle_answers_the_pause_grows_from_a_tenth_of_a_second_to_a_second()
    {
        var pacer = new PollPacer();

        Assert.Equal([0, 0, 0, 0.1, 0.2, 0.4, 0.8, 1, 1], Enumerable.Range(0, 9).Select(_ => pacer.Next(isBusy: false, AtOnce).TotalSeconds));
    }

    [Theory]
    [InlineData(true, 0.001)]
    [InlineData(false, 1)]
    public void A_new_update_or_an_answer_that_was_held_ends_the_pauses(bool isBusy, double took)
    {
        var pacer = new PollPacer();
        for (int i = 0; i < 9; i++)
        {
            pacer.Next(isBusy: false, AtOnce);
        }

        Assert.Equal(TimeSpan.Zero, pacer.Next(isBusy, TimeSpan.FromSeconds(took)));
        Assert.Equal(TimeSpan.Zero, pacer.Next(isBusy: false, AtOnce));
    }

    [Fact]
    public async Task A_server_that_answers_every_poll_at_once_gets_a_poll_a_second_and_the_log_says_so_once()
    {
        int polls = 0;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication server = builder.Build();
        server.Run(context =>
        {
            bool isPoll = context.Request.Path.Value!.EndsWith("/getUpdates", StringComparison.Ordinal);
            Interlocked.Add(ref polls, isPoll ? 1 : 0);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(isPoll ? """{"ok":true,"result":[]}""" : """{"ok":true,"result":{"url":""}}""");
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        var log = new RecordingLoggerProvider();
        await using var services = new Services(
            [(SettingNames.TelegramApiUrl, server.Urls.First())],
            new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)),
            options => options,
            container => container.AddLogging(logging => logging.AddProvider(log)));
        await using var handle = new TestLockHandle();
        using var stop = new CancellationTokenSource();

        Task run = services.Get<PollingReceiver>().RunAsync(handle, stop.Token);

        await Eventually.IsTrue(() => polls == 4, "the fourth poll is followed by a pause");
        Assert.True(await services.Time.PassUntil(() => polls == 5, "the fifth poll follows after a pause") > TimeSpan.Zero);
        Assert.Equal(5, polls);
        Assert.Single(log.Of<PollingReceiver>(2005));
        await stop.CancelAsync();
        await Eventually.Completes(run);
    }
}
