using Azker.Core.Instances;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Instances;

public sealed class ReceiverPeriodFilesTests : ReceiverPeriodStoreContract, IDisposable
{
    private readonly TempDirectory _data = new();

    private protected override IReceiverPeriodStore Store => new ReceiverPeriodFiles(TestOptions.Local(_data.FullPath));

    public void Dispose() => _data.Dispose();
}
