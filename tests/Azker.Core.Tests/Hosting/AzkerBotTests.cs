using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Hosting;

public sealed class AzkerBotTests
{
    [Fact]
    public async Task The_time_of_handlers_that_ends_after_the_bot_disturbs_nothing()
    {
        using var data = new TempDirectory();
        var time = new FakeTimeProvider();
        var bot = new AzkerBot(
            "", Settings.Read((SettingNames.DataDirectory, data.FullPath)), new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time));
        bot.AbandonHandlersAfter(TimeSpan.FromSeconds(25));
        bot.AbandonHandlersAfter(TimeSpan.FromSeconds(20));

        await bot.DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_later_time_of_handlers_replaces_the_earlier()
    {
        using var data = new TempDirectory();
        var time = new FakeTimeProvider();
        await using var bot = new AzkerBot(
            "", Settings.Read((SettingNames.DataDirectory, data.FullPath)), new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time));
        bot.AbandonHandlersAfter(TimeSpan.FromSeconds(1));
        bot.AbandonHandlersAfter(TimeSpan.FromSeconds(25));

        time.Advance(TimeSpan.FromSeconds(24));
        Assert.False(bot.HandlersAbandoned.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bot.HandlersAbandoned.IsCancellationRequested);
    }
}
