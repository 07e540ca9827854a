using Azker.Core.Infrastructure;
using Azker.Core.Locking.BlobLease;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The assumptions of the lock about the storage service, tested against Azurite.</summary>
public sealed class AzuriteAssumptionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private readonly string _mine = Guid.NewGuid().ToString("D");
    private readonly string _other = Guid.NewGuid().ToString("D");
    private AzuriteBlob _blob = null!;
    private BlobClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BlobLeaseClient Mine => _client.GetBlobLeaseClient(_mine);

    private BlobLeaseClient Other => _client.GetBlobLeaseClient(_other);

    public async ValueTask InitializeAsync()
    {
        _blob = new AzuriteBlob(await azurite.Server);
        await _blob.LeaveReleasedAsync(Token);
        _client = _blob.Client;
    }

    public ValueTask DisposeAsync()
    {
        _blob.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Acquiring_again_with_the_same_id_succeeds()
    {
        await Mine.AcquireAsync(Duration, cancellationToken: Token);
        await Mine.AcquireAsync(Duration, cancellationToken: Token);
    }

    [Fact]
    public async Task Acquiring_leaves_the_ETag_as_it_is()
    {
        ETag before = (await _client.GetPropertiesAsync(cancellationToken: Token)).Value.ETag;
        await Mine.AcquireAsync(Duration, new RequestConditions { IfMatch = before }, Token);
        Assert.Equal(before, (await _client.GetPropertiesAsync(cancellationToken: Token)).Value.ETag);
    }

    [Fact]
    public async Task Acquiring_the_lease_of_another_holder_is_refused()
    {
        await Other.AcquireAsync(Duration, cancellationToken: Token);
        await IsRefused(() => Mine.AcquireAsync(Duration, cancellationToken: Token), 409, "LeaseAlreadyPresent", BlobLeaseOutcome.Held);
    }

    [Fact]
    public async Task Acquiring_a_blob_that_was_written_meanwhile_is_refused()
    {
        ETag before = (await _client.GetPropertiesAsync(cancellationToken: Token)).Value.ETag;
        await _client.UploadAsync(new BinaryData("x"), overwrite: true, Token);
        await IsRefused(() => Mine.AcquireAsync(Duration, new RequestConditions { IfMatch = before }, Token), 412, "ConditionNotMet", BlobLeaseOutcome.Changed);
    }

    [Fact]
    public async Task Acquiring_for_too_short_a_time_is_refused() =>
        await IsRefused(() => Mine.AcquireAsync(TimeSpan.FromSeconds(14), cancellationToken: Token), 400, "InvalidHeaderValue", BlobLeaseOutcome.Unusable);

    [Fact]
    public async Task A_missing_blob_and_a_missing_container_are_distinguished()
    {
        await IsRefused(
            () => new BlobClient(_blob.ConnectionString, "locks", "none").GetBlobLeaseClient(_mine).AcquireAsync(Duration, cancellationToken: Token),
            404, "BlobNotFound", BlobLeaseOutcome.Missing);
        await IsRefused(
            () => new BlobClient(_blob.ConnectionString, "no-container", "none").UploadAsync(new BinaryData("x"), Token),
            404, "ContainerNotFound", BlobLeaseOutcome.ContainerMissing);
    }

    [Fact]
    public async Task Creating_an_existing_blob_is_refused() => await IsRefused(
        () => _client.UploadAsync(new BinaryData("x"), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, Token),
        409, "BlobAlreadyExists", BlobLeaseOutcome.Changed);

    [Fact]
    public async Task Renewing_and_releasing_the_lease_of_another_holder_is_refused()
    {
        await Other.AcquireAsync(Duration, cancellationToken: Token);
        await IsRefused(() => Mine.RenewAsync(cancellationToken: Token), 409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseOutcome.Lost);
        await IsRefused(() => Mine.ReleaseAsync(cancellationToken: Token), 409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseOutcome.Lost);
    }

    [Fact]
    public async Task Releasing_twice_is_refused_the_second_time()
    {
        await Mine.AcquireAsync(Duration, cancellationToken: Token);
        await Mine.ReleaseAsync(cancellationToken: Token);
        await IsRefused(() => Mine.ReleaseAsync(cancellationToken: Token), 409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseOutcome.Lost);
        await IsRefused(() => Mine.RenewAsync(cancellationToken: Token), 409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseOutcome.Lost);
    }

    [Fact]
    public async Task Changing_the_id_makes_the_old_id_invalid()
    {
        await Other.AcquireAsync(Duration, cancellationToken: Token);
        await Other.ChangeAsync(_mine, cancellationToken: Token);
        await IsRefused(
            () => _client.GetBlobLeaseClient(_other).RenewAsync(cancellationToken: Token), 409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseOutcome.Lost);
        await Mine.RenewAsync(cancellationToken: Token);
    }

    [Fact]
    public async Task Only_the_holder_can_write()
    {
        await Other.AcquireAsync(Duration, cancellationToken: Token);
        await IsRefused(() => WriteAsync(null), 412, "LeaseIdMissing", BlobLeaseOutcome.Lost);
        await IsRefused(() => WriteAsync(_mine), 412, "LeaseIdMismatchWithBlobOperation", BlobLeaseOutcome.Lost);
        await WriteAsync(_other);
        await Other.ReleaseAsync(cancellationToken: Token);
        await IsRefused(() => WriteAsync(_other), 412, "LeaseNotPresentWithBlobOperation", BlobLeaseOutcome.Lost);
    }

    [Fact]
    public async Task Anybody_can_read_and_sees_that_it_is_leased()
    {
        await Other.AcquireAsync(Duration, cancellationToken: Token);
        Assert.Equal(LeaseState.Leased, (await _client.GetPropertiesAsync(cancellationToken: Token)).Value.LeaseState);
        Assert.Equal(LeaseState.Leased, (await _client.DownloadContentAsync(Token)).Value.Details.LeaseState);
    }

    [Fact]
    public async Task A_broken_lease_shows_and_cannot_be_renewed()
    {
        await Mine.AcquireAsync(Duration, cancellationToken: Token);
        await Other.BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        Assert.Equal(LeaseState.Broken, (await _client.GetPropertiesAsync(cancellationToken: Token)).Value.LeaseState);
        await IsRefused(() => Mine.RenewAsync(cancellationToken: Token), 409, "LeaseIsBrokenAndCannotBeRenewed", BlobLeaseOutcome.Lost);
    }

    [Fact]
    public async Task A_breaking_lease_keeps_others_out()
    {
        await Mine.AcquireAsync(Duration, cancellationToken: Token);
        await Other.BreakAsync(TimeSpan.FromSeconds(5), cancellationToken: Token);
        Assert.Equal(LeaseState.Breaking, (await _client.GetPropertiesAsync(cancellationToken: Token)).Value.LeaseState);
        await IsRefused(() => Other.AcquireAsync(Duration, cancellationToken: Token), 409, "LeaseAlreadyPresent", BlobLeaseOutcome.Held);
        await IsRefused(() => Mine.AcquireAsync(Duration, cancellationToken: Token), 409, "LeaseIsBreakingAndCannotBeAcquired", BlobLeaseOutcome.Held);
    }

    [Fact]
    public async Task A_deleted_blob_has_no_lease()
    {
        await Mine.AcquireAsync(Duration, cancellationToken: Token);
        await _client.DeleteAsync(conditions: new BlobRequestConditions { LeaseId = _mine }, cancellationToken: Token);
        await IsRefused(() => Mine.RenewAsync(cancellationToken: Token), 404, "BlobNotFound", BlobLeaseOutcome.Missing);
    }

    [Fact]
    public async Task Of_sixteen_acquisitions_at_once_one_succeeds()
    {
        BlobLeaseOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await _client.GetBlobLeaseClient().AcquireAsync(Duration, cancellationToken: Token);
                return BlobLeaseOutcome.Succeeded;
            }
            catch (RequestFailedException e)
            {
                return BlobLeaseFault.Of(StorageFault.From(e)).Outcome;
            }
        }));

        Assert.Equal(15, outcomes.Count(outcome => outcome == BlobLeaseOutcome.Held));
        Assert.Single(outcomes, BlobLeaseOutcome.Succeeded);
    }

    private async Task WriteAsync(string? leaseId) => await _client.UploadAsync(
        new BinaryData("x"), new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = leaseId } }, Token);

    private static async Task IsRefused(Func<Task> call, int status, string code, BlobLeaseOutcome outcome)
    {
        RequestFailedException refusal = await Assert.ThrowsAsync<RequestFailedException>(call);
        Assert.Equal((status, code), (refusal.Status, refusal.ErrorCode));
        Assert.Equal(outcome, BlobLeaseFault.Of(StorageFault.From(refusal)).Outcome);
    }
}
