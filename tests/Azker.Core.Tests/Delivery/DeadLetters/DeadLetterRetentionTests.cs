using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterRetentionTests : IDisposable
{
    private readonly TempDirectory _data = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly RecordingLogger<DeadLetterRetention> _log = new();
    private readonly DeadLetterArchive _letters;
    private readonly DeadLetterRetention _retention;

    public DeadLetterRetentionTests()
    {
        var options = new DeliveryOptions();
        _letters = new DeadLetterArchive(
            new DeadLetterFiles(TestOptions.Local(_data.FullPath)), options, new SecretMask([]), _time, new RecordingLogger<DeadLetterArchive>());
        _retention = new DeadLetterRetention(_letters, options, _time, _log);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Dead_letters_older_than_30_days_are_removed_and_counted_in_the_log()
    {
        await Add(1);
        await Add(2);
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await Add(3);
        await _retention.RunAsync(Token);
        Assert.Equal(3, (await Ids()).Count);

        _time.Advance(TimeSpan.FromHours(1));
        await _retention.RunAsync(Token);

        Assert.StartsWith("3-", Assert.Single(await Ids()), StringComparison.Ordinal);
        Assert.StartsWith("Dead letters were removed (2)", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_looked_at_once_an_hour()
    {
        await _retention.RunAsync(Token);
        await Add(1);
        _time.Advance(TimeSpan.FromDays(31));
        await _retention.RunAsync(Token);
        Assert.Empty(await Ids());

        await Add(2, ageInDays: 31);
        _time.Advance(TimeSpan.FromMinutes(59));
        await _retention.RunAsync(Token);
        Assert.Single(await Ids());
    }

    private Task<bool> Add(int id, int ageInDays = 0) => _letters.AddAsync(
        TestUpdates.Json(id), new DeadLetter { UpdateId = id, Reason = "It failed.", GivenUpAt = _time.GetUtcNow() - TimeSpan.FromDays(ageInDays) }, Token);

    private async Task<List<string>> Ids() => await _letters.ListAsync(Token).Select(letter => letter.Id).ToListAsync(Token);
}
