using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>A data directory for one test, a clock that the test moves, and locks in the directory.</summary>
public abstract class PidFileLockFixture : IDisposable
{
    internal TempDirectory Directory { get; } = new();

    internal RecordingLogger<PidFileLock> Logger { get; } = new();

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-11-24T03:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string LockPath => Directory["bot.lock"];

    protected string PidPath => Directory["bot.pid"];

    public void Dispose()
    {
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PidFileLock CreateLock() => CreateLock(Directory.FullPath);

    private protected PidFileLock CreateLock(string directory) => new(TestOptions.Local(directory), Time, Logger);

    private protected async Task<IInstanceLockHandle> Acquire()
    {
        IInstanceLockHandle? handle = await CreateLock().TryAcquireAsync(Token);
        Assert.NotNull(handle);
        return handle;
    }
}
