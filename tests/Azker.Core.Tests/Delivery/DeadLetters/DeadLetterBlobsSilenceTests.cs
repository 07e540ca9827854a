using Azker.BlobService;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterBlobsSilenceTests
{
    /// <summary>Any other exception would end the delivery of the update, which then would stay in flight in the poller for ever.</summary>
    [Fact]
    public async Task A_storage_that_does_not_answer_is_reported_also_when_dead_letters_are_counted()
    {
        var time = new FakeTimeProvider();
        using var handler = new LeaseServiceHandler(new LeaseService(time), time) { Fault = LeaseFault.Silence };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        AzkerOptions options = TestOptions.Azure(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1/a;", LeaseService.Container);
        var letters = new DeadLetterBlobs(
            BlobLeaseClients.Create(options.Storage, TimeSpan.FromHours(1), new HttpClientTransport(client)), options, time);

        Task<int> counting = letters.CountAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<DeadLetterException>(() => Eventually.Completes(counting));
    }
}
