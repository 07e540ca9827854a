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
    public void The_same_bot_is_told_who_holds_the_lock_and_how_to_stop_it() => Assert.Equal(
        """
        Another instance of this bot is already running: PID 4711 on box-1, started 2026-01-30 08:52:15 UTC. This instance ends.
        To stop the other: kill 4711 (on box-1)
        To wait for it and take over when it ends: start with --standby
        """,
        Message(Holder));

    [Theory]
    [InlineData("", "directory /data: PID 4711 on box-1. This instance ends.\nGive each bot a DATA_DIR of its own.")]
    [InlineData("UseDevelopmentStorage=true", "blob shared in container azker: PID 4711 on box-1. This instance ends.\nGive each bot a LOCK_NAME of its own.")]
    public void Another_bot_is_told_what_they_share(string storage, string told) =>
        Assert.Equal($"Another bot (654321) holds the lock, {told}", Message(Holder with { BotId = 654321 }, storage));

    [Theory]
    [InlineData("", "directory /data,")]
    [InlineData("UseDevelopmentStorage=true", "blob shared in container azker,")]
    public void A_holder_that_has_not_written_who_it_is_is_told_with_its_place(string storage, string place) =>
        Assert.StartsWith($"Another instance holds the lock, {place} and has not yet written who it is.", Message(null, storage), StringComparison.Ordinal);

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
