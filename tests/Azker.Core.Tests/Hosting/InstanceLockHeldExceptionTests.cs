using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Configuration;

namespace Azker.Core.Tests.Hosting;

public sealed class InstanceLockHeldExceptionTests
{
    private static readonly LockHolder Holder = new(
        4711, "box-1", "instance", 123456, 7, new DateTimeOffset(2026, 1, 30, 8, 52, 15, TimeSpan.Zero), DateTimeOffset.UnixEpoch, "0.1.0");

    [Fact]
    public void The_same_bot_learns_which_instance_holds_the_lock_and_how_to_stop_it() => Assert.Equal(
        """
        Another instance of this bot is already running: PID 4711 on box-1, started 2026-01-30 08:52:15 UTC. This instance ends.
        To stop that instance: kill 4711 (on box-1)
        To wait until that instance ends, and take over then: start this instance with --standby
        """,
        Message(Holder));

    [Fact]
    public void Another_bot_learns_which_setting_both_bots_share() => Assert.Equal(
        """
        Another bot (654321) holds the receiver lock, blob shared in container azker: PID 4711 on box-1. This instance ends.
        Give each bot a LOCK_NAME of its own.
        """,
        Message(Holder with { BotId = 654321 }, "UseDevelopmentStorage=true"));

    [Theory]
    [InlineData("", "directory /data,")]
    [InlineData("UseDevelopmentStorage=true", "blob shared in container azker,")]
    public void The_message_about_an_unknown_holder_names_the_place_of_the_lock(string storage, string place) =>
        Assert.StartsWith($"Another instance holds the receiver lock, {place} and has not yet recorded its PID and host.", Message(null, storage), StringComparison.Ordinal);

    private static string Message(LockHolder? holder, string storage = "")
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new(SettingNames.TelegramBotToken, Settings.Token),
                new(SettingNames.DataDirectory, "/data"),
                new(SettingNames.LockName, "shared"),
                new(SettingNames.Storage, storage),
            ])
            .Build();
        return new InstanceLockHeldException(holder, AzkerOptions.Read(configuration)).Message;
    }
}
