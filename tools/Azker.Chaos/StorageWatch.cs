using Azker.Azurite;
using Azker.Chaos.Judging;
using Azker.Chaos.Parties;
using Azker.Chaos.Scripts;
using Azure;
using Azure.Storage.Blobs;

namespace Azker.Chaos;

/// <summary>Asks the storage every 0.5 s, and records an answer that takes longer than the parties wait as an outage.</summary>
/// <remarks>An overloaded machine causes such an outage, although no script planned it.</remarks>
internal sealed class StorageWatch(AzuriteServer storage, IReadOnlyList<Party> parties, TimeProvider time)
{
    /// <summary>The default of <c>LOCK_ATTEMPT_TIMEOUT</c>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly List<Affliction> _outages = [];

    /// <summary>The outages: one for each party each time that the storage was too slow.</summary>
    public IReadOnlyList<Affliction> Outages => _outages;

    public DateTimeOffset LastEnd { get; private set; } = DateTimeOffset.MinValue;

    public async Task RunAsync(CancellationToken stop)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromMinutes(5) } };
        var service = new BlobServiceClient(storage.ConnectionString, options);
        while (!stop.IsCancellationRequested)
        {
            DateTimeOffset from = time.GetUtcNow();
            await AskAsync(service);
            DateTimeOffset to = time.GetUtcNow();
            if (to - from > Patience)
            {
                LastEnd = to;
                _outages.AddRange(parties.Select(party => new Affliction(Trouble.StorageBlackHole, party.Port, from, to)));
            }

            await Task.Delay(Interval, time, CancellationToken.None);
        }
    }

    private static async Task AskAsync(BlobServiceClient service)
    {
        try
        {
            await service.GetPropertiesAsync();
        }
        catch (RequestFailedException)
        {
            // Only the time of the answer counts.
        }
    }
}
