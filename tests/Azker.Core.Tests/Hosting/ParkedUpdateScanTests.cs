using Azker.Core.Hosting;
using Azker.Core.Tests.Delivery;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Hosting;

public sealed class ParkedUpdateScanTests : UpdateDeliveryTest
{
    [Fact]
    public async Task A_stop_while_the_store_is_read_ends_the_scan_without_an_error()
    {
        _store.Pause = new TaskCompletionSource();
        var scan = new ParkedUpdateScan(Refusing(), _parkedLanes, new HandlerLifetime(CancellationToken.None), _time);
        Task run = scan.RunUntilAsync(_stop.Token);
        await Eventually.IsTrue(() => _store.Readings == 1, "the store is read");

        await _stop.CancelAsync();

        await Eventually.Completes(run);
    }
}
