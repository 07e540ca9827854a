using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Delivery.Parking;

public sealed class ParkedUpdateFilesTests : ParkedUpdateStoreContract, IDisposable
{
    private readonly Services _services;
    private readonly TempDirectory _data = new();

    public ParkedUpdateFilesTests() => _services = new Services([(SettingNames.DataDirectory, _data.FullPath)], TimeProvider.System);

    private protected override IParkedUpdateStore Store => _services.Get<IParkedUpdateStore>();

    public void Dispose()
    {
        _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _data.Dispose();
    }
}
