using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Azker.Core.Tests.Locking.PidFile;

public sealed class PidFileLockContractTests : InstanceLockContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private protected override IInstanceLock CreateInstance(long botId = 1) =>
        new PidFileLock(TestOptions.Local(_directory.FullPath, botId), TimeProvider.System, NullLogger<PidFileLock>.Instance);
}
