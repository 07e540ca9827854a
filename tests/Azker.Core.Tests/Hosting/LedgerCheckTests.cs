using System.Net;
using System.Net.Sockets;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Hosting;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Hosting;

public sealed class LedgerCheckTests
{
    [Theory]
    [InlineData(true, false, true, true)]
    [InlineData(false, true, true, true)]
    [InlineData(false, true, false, false)]
    [InlineData(false, false, true, false)]
    public async Task Only_a_fault_that_waiting_does_not_mend_ends_the_start(bool isRefusal, bool isHostUnknown, bool hasBlobs, bool ends)
    {
        var ledger = new FaultyLedger(new UpdateLedgerException("broken") { IsRefusal = isRefusal, IsHostUnknown = isHostUnknown });
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(new BlobServiceClient(new Uri("https://a.blob.example.com")))
            .BuildServiceProvider();
        Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken) =>
            hasBlobs && host == "a.blob.example.com" ? Task.FromResult<IPAddress[]>([IPAddress.Loopback]) : throw new SocketException((int)SocketError.HostNotFound);

        Exception? error = await Record.ExceptionAsync(() => new LedgerCheck(ledger, Resolve, services).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ends, error is UpdateLedgerException);
    }

    private sealed class FaultyLedger(UpdateLedgerException error) : IUpdateLedger
    {
        public Task CheckAsync(CancellationToken cancellationToken) => Task.FromException(error);

        public ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ExpireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
